// Entry of the chat: ties the page, the memory of this tab, the way to the server and the view together.

import { QuickExit } from "./exit.js";
import { Feedback } from "./feedback.js";
import { Live } from "./live.js";
import { Memory, randomId } from "./memory.js";
import { NotDelivered, Transport } from "./transport.js";
import { View } from "./view.js";

const SLOW_MS = 5000;
const byId = (id) => document.getElementById(id);

class Chat {
  constructor(settings) {
    this.texts = settings.texts;
    this.memory = new Memory();
    this.transport = new Transport(settings);
    this.log = byId("gesprek");
    this.view = new View(this.log, settings, (title, payload) => this.say({ payload }, title, true));
    this.feedback = new Feedback(settings, this.log, (messages) => this.danger(messages));
    this.live = new Live({ ...this, chat: this });
    this.waiting = 0;
  }

  start() {
    this.field = byId("tekst");
    byId("zonder-script").remove();
    byId("vraag").hidden = false;
    byId("suggesties").hidden = false;
    byId("vraag").addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.grow());
    this.field.addEventListener("input", () => this.live.typing());
    byId("mens").addEventListener("click", (event) => this.askForHuman(event));
    byId("wis").addEventListener("click", () => this.startAgain());
    for (const button of byId("suggesties").querySelectorAll("button")) {
      button.addEventListener("click", () => this.say({ text: button.textContent }, button.textContent, true));
    }
    this.restore();
    this.live.start();
  }

  submit(event) {
    event.preventDefault();
    const words = this.field.value.trim();
    this.complain(words ? "" : this.texts.empty);
    if (words) {
      this.field.value = "";
      this.grow();
      this.say({ text: words }, words, false);
    }
  }

  key(event) {
    // While a word is being composed, Enter belongs to the keyboard.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      this.submit(event);
    }
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 4}px`;
  }

  complain(words) {
    byId("tekst-fout").textContent = words;
    byId("tekst-fout").hidden = !words;
  }

  askForHuman(event) {
    event.preventDefault();
    const title = byId("mens").textContent;
    this.say({ payload: "/ask_for_human" }, title, true);
  }

  say(spoken, words, chosen) {
    const turn = { id: randomId(), conversation: this.memory.conversation, ...spoken };
    this.view.retireChoices(true);
    this.memory.add({ said: words, chosen });
    byId("wis").hidden = false;
    const said = this.view.showSaid(words, chosen);
    if (chosen) {
      said.focus({ preventScroll: true }); // the button that had the focus may be gone
    }
    if (this.live.active && spoken.text) {
      this.live.reveal(said);
      this.live.send(turn);
    } else {
      this.deliver(turn);
    }
  }

  async deliver(turn) {
    this.busy(1);
    try {
      this.answered(turn, await this.transport.send(turn));
    } catch (error) {
      if (turn.conversation === this.memory.conversation) {
        this.failed(turn, error);
      }
    } finally {
      this.busy(-1);
    }
  }

  answered(turn, body) {
    if (turn.conversation !== this.memory.conversation) {
      return; // wiped in the meantime
    }
    if (!this.live.isNew(body)) {
      return;
    }
    const first = this.view.showReply(body);
    if (body.degraded && body.category !== "crisis") {
      this.view.offerResend(first, () => this.deliver(turn));
    }
    this.feedback.offer(body);
    const { messages, category, safety } = body;
    this.memory.add({ told: { messages, category, safety } });
    first.scrollIntoView({ block: "start" });
  }

  danger(messages) {
    const told = { messages, category: "crisis", safety: { level: "urgent", kind: null } };
    const first = this.view.showReply(told);
    this.memory.add({ told });
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "start" });
  }

  failed(turn, error) {
    const own = error instanceof NotDelivered && error.reason === "offline" ? this.texts.offline : this.texts.failed;
    const problem = this.view.showProblem(error.words ?? own, () => this.deliver(turn));
    problem.scrollIntoView({ block: "nearest" });
  }

  busy(change) {
    this.waiting += change;
    clearTimeout(this.slow);
    byId("stand").textContent = this.waiting > 0 ? this.texts.looking : "";
    if (this.waiting > 0) {
      this.slow = setTimeout(() => (byId("stand").textContent = this.texts.slow), SLOW_MS);
      byId("stand").scrollIntoView({ block: "nearest" });
    }
  }

  restore() {
    this.log.setAttribute("aria-live", "off"); // what was read before is not read out again
    for (const entry of this.memory.entries) {
      if (entry.live) {
        this.view.showLive(entry.live);
      } else if (entry.told) {
        this.view.showReply(entry.told);
      } else {
        this.view.retireChoices(true);
        this.view.showSaid(entry.said, entry.chosen);
      }
    }
    byId("wis").hidden = this.memory.entries.length === 0;
    this.log.lastElementChild?.scrollIntoView({ block: "nearest" });
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  startAgain() {
    this.live.leave();
    this.memory.wipe();
    this.log.replaceChildren();
    byId("wis").hidden = true;
    byId("stand").textContent = this.texts.again_done;
    this.field.focus();
  }
}

new QuickExit(byId("snel-weg")).arm();
new Chat(JSON.parse(byId("instellingen").textContent)).start();
