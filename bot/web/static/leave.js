// Entry of the pages without a chat: only "Snel weg".

import { QuickExit } from "./widget/exit.js";

new QuickExit(document.getElementById("snel-weg")).arm();
