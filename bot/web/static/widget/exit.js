// "Snel weg": leave this page at once, by the button or by pressing Shift three times.
// The page is emptied first, then replaced, so that Back does not bring it here again.

import { wipeTab } from "./memory.js";

const SHIFT_PRESSES = 3;
const SHIFT_WITHIN_MS = 5000;

export class QuickExit {
  // `place`: where the note "once more" appears; `isArmed`: whether the keyboard counts now.
  constructor(link, { place = document.body, isArmed = () => true } = {}) {
    this.link = link;
    this.place = place;
    this.isArmed = isArmed;
    this.presses = 0;
    this.timer = 0;
    this.note = null;
  }

  arm() {
    this.link.addEventListener("click", (event) => {
      event.preventDefault();
      this.leave();
    });
    // On the way down: the chat keeps its keys from the page around it.
    addEventListener("keydown", (event) => this.pressed(event), true);
    return this;
  }

  leave() {
    document.documentElement.classList.add("left"); // from here on nothing is kept any more
    wipeTab();
    document.body.replaceChildren();
    location.replace(this.link.href);
  }

  pressed(event) {
    if (event.key !== "Shift" || !this.isArmed()) {
      this.forget(); // a capital letter, not a wish to leave
    } else if (!event.repeat) {
      this.count();
    }
  }

  count() {
    this.presses += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.forget(), SHIFT_WITHIN_MS);
    if (this.presses >= SHIFT_PRESSES) {
      this.leave();
    } else if (this.presses === SHIFT_PRESSES - 1) {
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
    this.note ??= this.place.appendChild(document.createElement("p"));
    this.note.className = "exit-note";
    this.note.setAttribute("role", "status");
    this.note.textContent = words;
  }
}
