// Says in words how it stands: looking, slow, no line, starting, back. Always with somebody who can be called.

import { lineList } from "./skeleton.js";
import { element, render } from "./markup.js";

// What each state says, and which ways out stand below it.
const STATES = {
  busy: { words: "looking", ways: [] },
  slow: { words: "slow", ways: ["more", "lines", "links"] },
  offline: { words: "offline", ways: ["lines"] },
  unreachable: { words: "unreachable", ways: ["lines", "team", "again"] },
  starting: { words: "starting", ways: ["lines", "links"] },
  degraded: { words: "degraded", ways: [] },
  back: { words: "back", ways: ["answer"] },
  old: { words: "old", ways: ["old"] },
};

export class Notices {
  constructor(chat) {
    const { root, texts, lines, scroll, base, address } = chat;
    Object.assign(this, { chat, root, texts, lines, scroll, base, address });
    this.line = chat.byId("stand");
    this.box = chat.byId("stand-meer");
    this.team = null;
    this.name = "idle";
  }

  show(name, detail = {}) {
    Object.assign(this, { name, detail });
    const state = STATES[name];
    const isEmpty = name === "offline" && !this.chat.memory.state.outbox?.length;
    const key = isEmpty ? "offline_empty" : state?.words;
    const words = detail.words ?? (key ? this.texts[key] : "");
    if (words === this.line.textContent && name !== "back") {
      return; // said once
    }
    this.say(words);
    this.offer((state?.ways ?? []).map((way) => this.way(way, detail)).filter((made) => made !== null));
    // The reply of the front door itself has the numbers and the team at its beginning: that stays in sight.
    if (state && name !== "degraded") {
      this.scroll.near(this.line, this.box.hidden ? this.line : this.box);
    }
  }

  // Something was said while it stood like this.
  renew() {
    this.show(this.name, this.detail);
  }

  say(words) {
    this.line.textContent = words;
  }

  offer(ways) {
    const hadFocus = this.box.contains(this.root.activeElement);
    this.box.replaceChildren(...ways);
    this.box.hidden = ways.length === 0;
    if (hadFocus) {
      this.chat.composer.focus();
    }
  }

  way(name, detail) {
    return {
      more: () => element("p", {}, this.texts.slow_more),
      lines: () => lineList(this.lines),
      links: () => this.links(),
      team: () => (this.team ? element("div", { className: "text" }, render(this.team.text, this.base)) : null),
      again: () => this.button(this.texts.try_now, () => this.chat.line.resume()),
      old: () => this.old(detail.turns),
      answer: () => (detail.turn ? this.button(this.texts.back_answer, () => this.chat.resend(detail.turn)) : null),
    }[name]();
  }

  links() {
    const link = (path, words) => element("a", { className: "button", href: this.address(path) }, words);
    return element(
      "p",
      { className: "actions" },
      link("/hulp", this.texts.team_page),
      link("/bericht", this.texts.nav_leave),
    );
  }

  // Written before a reload, and never delivered: the person decides.
  old(turns) {
    const said = turns.map(({ text }) => element("li", {}, text ?? this.texts.old_choice));
    const send = this.button(this.texts.old_send, () => this.chat.line.sendOld());
    const drop = this.button(this.texts.old_drop, () => this.chat.line.dropOld());
    return element("div", {}, element("ul", {}, ...said), element("p", { className: "actions" }, send, drop));
  }

  button(words, onClick) {
    const button = element("button", { type: "button", className: "choice" }, words);
    button.addEventListener("click", onClick);
    return button;
  }
}
