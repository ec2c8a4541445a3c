// The button in the corner and the panel that it opens: over the whole of a small screen, beside the page on a large one.

import { QuickExit } from "./exit.js";

const SMALL_SCREEN = "(max-width: 40em), (max-height: 30em)";
// A keyboard on the screen takes at least this much of it; the bars of a browser less.
const KEYBOARD_PX = 150;

export class Panel {
  constructor({ root, memory, texts }, chat, host) {
    Object.assign(this, { root, memory, texts, chat, host });
    this.button = root.getElementById("start");
    this.dialog = root.querySelector("dialog");
    this.screen = matchMedia(SMALL_SCREEN);
    this.begun = false;
    this.arm();
    if (memory.entries.length) {
      this.comeBack();
    }
  }

  arm() {
    this.button.addEventListener("click", () => this.open());
    this.root.getElementById("sluiten").addEventListener("click", () => this.close());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("cancel", (event) => this.closed(event));
    this.dialog.addEventListener("close", () => this.button.hidden && !this.isOpen && this.close());
    this.screen.addEventListener("change", () => this.isOpen && this.show());
    visualViewport?.addEventListener("resize", () => this.fit());
    visualViewport?.addEventListener("scroll", () => this.fit());
    document.addEventListener("click", (event) => this.linked(event));
    const place = this.root.querySelector(".panel");
    new QuickExit(this.root.getElementById("snel-weg"), { place, isArmed: () => this.isOpen }).arm();
    this.chat.onNews = () => this.news();
  }

  get isOpen() {
    return this.dialog.hasAttribute("open") && this.dialog.isConnected;
  }

  // After a new page of the same site: the conversation goes on, and nothing jumps up on a small screen.
  comeBack() {
    this.label(this.texts.launcher_again);
    if (this.chat.isWaiting || this.memory.state.open) {
      this.begin();
    }
    if (this.memory.state.open && !this.screen.matches) {
      this.show();
    }
  }

  open() {
    this.begin();
    this.show();
    this.memory.keep({ open: true });
    this.chat.opened();
    this.chat.focus();
  }

  begin() {
    if (!this.begun) {
      this.begun = true;
      this.chat.start();
    }
  }

  // Also when the screen changed from small to large: the conversation and the focus stay where they are.
  show() {
    const focused = this.root.activeElement;
    this.shut();
    const isModal = this.screen.matches;
    if (typeof this.dialog.showModal !== "function") {
      this.dialog.setAttribute("role", "dialog");
      this.dialog.setAttribute("open", ""); // a browser from before <dialog>
    } else if (isModal) {
      this.dialog.showModal();
    } else {
      this.dialog.show();
    }
    this.button.hidden = true;
    this.root.getElementById("nieuws").textContent = "";
    this.chat.shown();
    focused?.focus({ preventScroll: true });
    this.fit();
  }

  shut() {
    if (this.dialog.open && this.dialog.close) {
      this.dialog.close();
    } else {
      this.dialog.removeAttribute("open");
    }
  }

  close() {
    this.shut();
    this.memory.keep({ open: false });
    this.button.hidden = false;
    this.label(this.memory.entries.length ? this.texts.launcher_again : this.texts.launcher);
    (this.opener ?? this.button).focus();
    this.opener = null;
  }

  key(event) {
    if (event.key === "Escape" && !event.isComposing) {
      this.closed(event);
    }
  }

  closed(event) {
    event.preventDefault();
    this.close();
  }

  // A link of the page itself to our chat opens the panel here.
  linked(event) {
    const link = event.target.closest?.("a[data-rits-open]");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link && isPlain && !event.defaultPrevented && this.dialog.isConnected) {
      event.preventDefault();
      this.opener = link;
      this.open();
    }
  }

  // Something was said while the panel is closed.
  news() {
    if (!this.isOpen) {
      this.label(this.texts.launcher_news);
      this.root.getElementById("nieuws").textContent = this.texts.launcher_news;
    }
  }

  label(words) {
    this.root.getElementById("start-woorden").textContent = words;
  }

  // Where a keyboard covers the lower half, the panel is as high as what is left.
  fit() {
    const seen = visualViewport;
    const isCovered = Boolean(seen) && this.screen.matches && seen.scale === 1 && innerHeight - seen.height > KEYBOARD_PX;
    // Little height: only what is needed to read and to type.
    this.dialog.classList.toggle("covered", isCovered);
    this.dialog.classList.toggle("talking", isCovered || this.memory.entries.length > 0);
    this.dialog.style.setProperty("--rits-view-height", isCovered ? `${seen.height}px` : "");
    this.dialog.style.setProperty("--rits-view-top", isCovered ? `${seen.offsetTop}px` : "");
  }
}
