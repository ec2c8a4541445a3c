// "Snel weg": leave this page at once, by the button or by pressing Shift three times.
// The page is emptied first, then replaced, so that Back does not bring it here again.

import { wipeTab } from "./memory.js";

const PRESSES = 3;
const WITHIN_MS = 5000;

export class QuickExit {
  constructor(link) {
    this.link = link;
    this.presses = 0;
    this.timer = 0;
    this.note = null;
  }

  arm() {
    this.link.addEventListener("click", (event) => {
      event.preventDefault();
      this.leave();
    });
    document.addEventListener("keydown", (event) => this.pressed(event));
    return this;
  }

  leave() {
    wipeTab();
    document.documentElement.classList.add("left");
    document.body.replaceChildren();
    location.replace(this.link.href);
  }

  pressed(event) {
    if (event.key !== "Shift") {
      this.forget(); // a capital letter, not a wish to leave
    } else if (!event.repeat) {
      this.count();
    }
  }

  count() {
    this.presses += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.forget(), WITHIN_MS);
    if (this.presses >= PRESSES) {
      this.leave();
    } else if (this.presses === PRESSES - 1) {
      this.say(this.link.dataset.one);
    }
  }

  forget() {
    clearTimeout(this.timer);
    this.presses = 0;
    this.note?.remove();
    this.note = null;
  }

  say(words) {
    this.note ??= document.body.appendChild(document.createElement("p"));
    this.note.className = "exit-note";
    this.note.setAttribute("role", "status");
    this.note.textContent = words;
  }
}
