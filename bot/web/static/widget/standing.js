// How it stands with the line and the assistant, told to the chat whenever that changes.

import { Readiness } from "./readiness.js";

const SLOW_MS = 3000;

export class Standing {
  constructor({ outbox, pace, memory, tell }, askStatus) {
    Object.assign(this, { outbox, pace, memory, tellChat: tell });
    this.readiness = new Readiness(askStatus, (status) => this.heard(status));
    this.assistant = "ready";
    this.said = "idle";
  }

  get unanswered() {
    return this.memory.state.unanswered ?? null;
  }

  // ---- The assistant ----

  resume() {
    this.lookLater();
    if (this.unanswered && this.assistant === "ready") {
      this.leftOpen(this.unanswered);
    }
  }

  asked() {
    this.lookLater();
    if (this.assistant === "back") {
      this.settle(); // it was offered; the person goes on with something else
    }
  }

  // A little later than slow begins: a clock may be a millisecond early.
  lookLater() {
    setTimeout(() => this.tell(), SLOW_MS + 50);
  }

  // After every reply: did the assistant answer, or the front door for it?
  judge(turn, body) {
    if (body.degraded && body.category !== "crisis") {
      this.leftOpen(turn);
    } else if (this.unanswered && this.unanswered.id !== turn.id) {
      this.readiness.check();
    } else {
      this.settle();
    }
  }

  leftOpen(turn) {
    this.assistant = "degraded";
    this.memory.keep({ unanswered: turn });
    this.readiness.watch();
  }

  settle() {
    this.assistant = "ready";
    this.readiness.stop();
    if (this.unanswered) {
      this.memory.keep({ unanswered: null });
    }
  }

  heard(status) {
    this.tellChat("state", "status", status);
    if (!status.ready && this.assistant === "ready") {
      this.assistant = "starting";
      this.readiness.watch();
    } else if (status.ready && this.assistant !== "ready") {
      this.assistant = "back";
      this.readiness.stop();
    }
    this.tell();
  }

  // ---- All of it in one word ----

  tell() {
    const [name, detail] = this.line() ?? this.rest();
    if (name !== this.said) {
      this.said = name;
      this.tellChat("state", name, detail);
    }
  }

  // While something is under way, or could not be.
  line() {
    const waiting = this.outbox.current;
    const turns = waiting.map(({ turn }) => turn);
    if (navigator.onLine === false) {
      return ["offline", { waiting: turns }];
    }
    if (waiting.length && this.isUnreachable(waiting)) {
      return ["unreachable", { waiting: turns, words: this.pace.words }];
    }
    const slow = waiting.find(({ since }) => Date.now() - since >= SLOW_MS);
    return slow ? ["slow", { turn: slow.turn }] : waiting.length ? ["busy", {}] : null;
  }

  // A reply that is cut off once goes on by itself in a second: only what did not arrive is told at once.
  isUnreachable(waiting) {
    const isOut = waiting.some(({ phase, wasTaken }) => phase !== "received" && !wasTaken);
    return this.pace.isHeld || (this.pace.isBroken && (isOut || this.pace.failures > 1));
  }

  rest() {
    const turns = this.outbox.old.map(({ turn }) => turn);
    if (turns.length) {
      return ["old", { turns }];
    }
    return this.assistant === "ready" ? ["idle", {}] : [this.assistant, { turn: this.unanswered }];
  }
}
