// The way to the server. Every message arrives once, and in order, also on a line that breaks: it is sent again under
// the same id until its whole reply is here.

import { Incoming } from "./incoming.js";
import { Outbox } from "./outbox.js";
import { Pace } from "./pace.js";
import { Server } from "./server.js";
import { Standing } from "./standing.js";
import { NotDelivered, brokenLine } from "./wire.js";

const HURRY_MS = 2000;
// Replies that are waited for at once: a browser opens six connections, and news of a worker needs one.
const MOST_OPEN = 4;
const MOST_WRONG = 3;
const WRONG_MS = 1000;
const TRY_LATER = [429, 503];

export class Line {
  constructor({ origin, about, memory, listener }) {
    Object.assign(this, { memory, listener });
    this.server = new Server(origin, about);
    this.outbox = new Outbox(memory);
    this.pace = new Pace(() => this.pump());
    this.tell = (what, ...given) => tellChat(listener, what, given);
    this.incoming = new Incoming(this.tell, (entry, body) => this.finish(entry, body));
    this.standing = new Standing(this, () => this.server.status());
    addEventListener("online", () => this.retry());
    addEventListener("offline", () => this.standing.tell());
    document.addEventListener("visibilitychange", () => document.hidden || this.retry());
  }

  // ---- What the chat asks ----

  send(turn) {
    const entry = this.outbox.add(turn);
    Object.assign(entry, { since: Date.now(), passes: this.pace.isHeld });
    this.standing.asked();
    this.hurry();
    this.pump();
  }

  // After a reload, and whenever the person wants it to be tried now.
  resume() {
    this.outbox.recall();
    this.standing.resume();
    this.retry();
  }

  sendOld() {
    this.outbox.renew();
    this.retry();
  }

  dropOld() {
    this.outbox.drop();
    this.standing.tell();
  }

  // The conversation is wiped: nothing of it goes out any more.
  forget() {
    this.outbox.empty();
    this.standing.settle();
    this.pace.reset();
    this.standing.tell();
  }

  check() {
    this.standing.readiness.check();
  }

  live(what, body) {
    return this.server.live(what, body);
  }

  post(path, body) {
    return this.server.post(path, body);
  }

  // ---- One after the other ----

  // The next message goes out as soon as the server has the one before: so it keeps the order, and lets danger pass.
  pump() {
    const { isHeld, isPaused } = this.pace;
    const { open, left } = this.outbox;
    const next = this.outbox.next(isHeld);
    if (next?.phase === "idle" && (next.passes || !isPaused)) {
      this.makeRoom(open);
      this.deliver(next);
    } else if (left && open.length < MOST_OPEN && !isPaused) {
      this.deliver(left);
    }
    this.standing.tell();
  }

  // The server goes on with a reply that nobody listens to; what is new must not wait for it.
  makeRoom(open) {
    const oldest = open.find(({ phase }) => phase === "received");
    if (open.length >= MOST_OPEN && oldest) {
      const { stop } = oldest;
      Object.assign(oldest, { phase: "idle", stop: null });
      stop.abort();
    }
  }

  retry() {
    this.hurry();
    this.pump();
  }

  // Somebody waits: an attempt that hangs is given up for a new one.
  hurry() {
    if (this.pace.isBroken && !this.pace.isHeld) {
      this.pace.now();
    }
    const hanging = this.outbox.entries.find(({ phase }) => phase === "trying");
    if (hanging && Date.now() - hanging.triedAt > HURRY_MS) {
      hanging.isHurried = true;
      hanging.stop.abort();
    }
  }

  async deliver(entry) {
    const stop = new AbortController();
    Object.assign(entry, { phase: "trying", passes: false, triedAt: Date.now(), stop });
    try {
      await this.server.turn(entry, stop, {
        onTaken: () => this.taken(entry),
        onEvent: (event) => this.incoming.heard(entry, event),
        onWhole: (body) => this.finish(entry, body),
      });
      if (this.outbox.has(entry)) {
        throw brokenLine(); // it ended before the reply did
      }
    } catch (error) {
      stop.abort();
      if (this.outbox.has(entry) && entry.stop === stop) {
        this.lost(entry, error);
      }
    }
    this.pump();
  }

  lost(entry, { reason, status, words, after }) {
    Object.assign(entry, { phase: "idle", isThere: false });
    if (TRY_LATER.includes(status)) {
      this.pace.hold(after, words);
    } else if (reason === "refused" || reason === "empty") {
      this.failed(entry, status, words);
    } else if (!entry.isHurried) {
      this.pace.broke();
    }
    entry.isHurried = false;
  }

  // The line is there, and this message is what goes wrong: it lets the others pass, and is tried a few times.
  failed(entry, status, words) {
    entry.wrongs += 1;
    if (status >= 500 || !status) {
      entry.until = Date.now() + entry.wrongs * WRONG_MS;
      setTimeout(() => this.pump(), entry.wrongs * WRONG_MS);
    }
    if (entry.wrongs >= MOST_WRONG || (status && status < 500)) {
      this.outbox.remove(entry.turn);
      this.tell("refused", entry.turn, words);
    }
  }

  // ---- The reply ----

  taken(entry) {
    Object.assign(entry, { phase: "received", isThere: true, wasTaken: true });
    this.pace.through();
    this.pump();
  }

  finish(entry, body) {
    // An empty reply is a failure: silence is never shown as an answer.
    if (!body?.messages?.length) {
      throw new NotDelivered("empty");
    }
    this.outbox.remove(entry.turn);
    this.pace.reset();
    this.standing.judge(entry.turn, body);
    this.tell("done", entry.turn, body, entry.shown);
    this.pump();
  }
}

// A fault in what is shown is no fault of the line: it is reported, and nothing is sent again for it.
function tellChat(listener, what, given) {
  try {
    listener[what]?.(...given);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
