// The conversation: ties the text field, the memory of this tab, the line to the server and the view together.

import { Composer } from "./composer.js";
import { Feedback } from "./feedback.js";
import { Line } from "./line.js";
import { Live } from "./live.js";
import { randomId } from "./memory.js";
import { Notices } from "./notices.js";
import { Opening } from "./opening.js";
import { Replies } from "./replies.js";
import { Scroll } from "./scroll.js";
import { View } from "./view.js";

export class Chat {
  // `given`: see element.js. `onNews` is called for what comes in, also while nobody looks.
  constructor(given) {
    Object.assign(this, given);
    this.onNews = () => {};
    this.base = this.origin === location.origin ? "" : this.origin;
    this.log = this.byId("gesprek");
    this.scroll = new Scroll(this);
    this.notices = new Notices(this);
    this.view = new View(this, (title, payload) => this.say({ payload }, title, true));
    this.line = new Line({ origin: this.base, about: this.about, memory: this.memory, listener: this.listener() });
    this.live = new Live(this);
    this.feedback = new Feedback(this, (messages) => this.danger(messages));
    this.replies = new Replies(this);
    this.opening = new Opening(this);
  }

  // The line is there before who listens to it.
  listener() {
    const tell = (what) => (...told) => this.replies[what](...told);
    const events = ["received", "part", "restart", "done", "refused", "state"];
    return Object.fromEntries(events.map((what) => [what, tell(what)]));
  }

  byId(id) {
    return this.root.getElementById(id);
  }

  // Something may still come in by itself.
  get isWaiting() {
    return this.live.isOpen || (this.memory.state.outbox ?? []).length > 0;
  }

  start() {
    this.composer = new Composer(this, (words) => this.say({ text: words }, words, false), () => this.live.typing());
    this.byId("mens").addEventListener("click", (event) => this.askForHuman(event));
    this.byId("wis").addEventListener("click", () => this.startAgain());
    for (const button of this.byId("suggesties").querySelectorAll("button")) {
      button.addEventListener("click", () => this.say({ text: button.textContent }, button.textContent, true));
    }
    this.restore();
    this.live.start();
    this.line.resume();
  }

  // A person looks at it, for the first time or again.
  opened() {
    this.line.check();
    this.opening.begin();
  }

  shown() {
    this.composer.grow();
    if (this.log.lastElementChild) {
      this.scroll.near(this.log.lastElementChild);
    }
  }

  // Where the person goes on: in the text field, or at the numbers when danger was the last that was spoken of.
  focus() {
    const urgent = this.view.urgentAtEnd();
    if (urgent) {
      urgent.focus({ preventScroll: true });
      this.scroll.toStart(urgent);
    } else {
      this.composer.focus();
    }
  }

  askForHuman(event) {
    event.preventDefault();
    this.say({ payload: "/ask_for_human" }, this.texts.human, true);
  }

  say(spoken, words, chosen) {
    const turn = { id: randomId(), conversation: this.memory.conversation, ...spoken };
    this.opening.forget();
    this.live.spoke();
    this.view.retireChoices(true);
    this.memory.add({ said: words, chosen });
    this.talking();
    const said = this.view.showSaid(words, chosen);
    if (chosen) {
      said.focus({ preventScroll: true }); // the button that had the focus may be gone
    }
    this.scroll.near(said);
    this.line.send(turn);
    this.notices.renew();
  }

  // The same question once more: with the same id, so that it is answered once.
  resend(turn) {
    this.notices.show("idle");
    this.line.send(turn);
  }

  // The conversation has begun: suggestions have done their work, and the form of address stays what it is.
  talking(isBegun = true) {
    this.byId("wis").hidden = !isBegun;
    for (const id of ["suggesties", "wie-keuze"]) {
      this.byId(id)?.toggleAttribute("hidden", isBegun);
    }
    // What is kept stands there until the person has said something.
    const hasSaid = this.memory.entries.some((entry) => entry.said);
    this.byId("bewaard").hidden = hasSaid;
    this.byId("tekst").setAttribute("aria-describedby", hasSaid ? "tekst-fout" : "bewaard tekst-fout");
    this.root.querySelector(".panel")?.classList.toggle("talking", isBegun);
  }

  status({ place, team }) {
    this.notices.team = team;
    if (place) {
      this.byId("plaats").lastElementChild.textContent = place.name;
      this.byId("plaats").hidden = false;
    }
  }

  danger(messages) {
    const told = { messages, category: "crisis", safety: { level: "urgent", kind: null } };
    const [first] = this.view.showReply(told);
    this.memory.add({ told });
    first.focus({ preventScroll: true });
    this.scroll.toStart(first);
  }

  restore() {
    this.log.setAttribute("aria-live", "off"); // what was read before is not read out again
    this.memory.entries.forEach((entry) => this.draw(entry));
    if (this.memory.entries.length) {
      this.talking();
      this.scroll.near(this.log.lastElementChild);
    }
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  draw({ live, told, said, chosen }) {
    if (live) {
      this.view.showLive(live);
    } else if (told) {
      this.replies.under(this.view.showReply(told), told);
      this.feedback.notice(told);
    } else {
      this.view.retireChoices(true);
      this.view.showSaid(said, chosen);
    }
  }

  startAgain() {
    const { audience, size, open } = this.memory.state;
    this.line.forget();
    this.live.leave();
    this.memory.wipe({ audience, size, open, opened: true });
    this.feedback.silent = false;
    this.log.replaceChildren();
    this.talking(false);
    this.notices.show("idle");
    this.notices.say(this.texts.again_done);
    this.composer.focus();
  }
}
