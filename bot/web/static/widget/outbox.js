// What was said and has no reply yet, in order. Kept in the memory of this tab, so that a reload loses nothing.

// Nobody expects a message of half an hour ago to go out by itself: it is offered.
const OLD_MS = 10 * 60 * 1000;

export class Outbox {
  constructor(memory) {
    this.memory = memory;
    this.entries = [];
  }

  // What the tab remembers and is not here yet. Parts that were shown before a reload come again.
  recall() {
    for (const { turn, at } of this.memory.state.outbox ?? []) {
      if (!this.find(turn)) {
        this.entries.push(this.entry(turn, at));
      }
    }
  }

  entry(turn, at) {
    return { turn, at, since: Date.now(), phase: "idle", wrongs: 0, until: 0, isThere: false, ...noReply() };
  }

  // The same turn once more is the same message: sent at once, and not twice.
  add(turn) {
    const known = this.find(turn);
    if (known) {
      known.at = Date.now();
      return known;
    }
    const made = this.entry(turn, Date.now());
    this.entries.push(made);
    this.save();
    return made;
  }

  find(turn) {
    return this.entries.find((entry) => entry.turn.id === turn.id);
  }

  has(entry) {
    return this.entries.includes(entry);
  }

  remove(turn) {
    this.entries = this.entries.filter((entry) => entry.turn.id !== turn.id);
    this.save();
  }

  // Those that go out by themselves; a message that is on its way is not stopped by its age.
  get current() {
    return this.entries.filter((entry) => entry.phase !== "idle" || !isOldEntry(entry));
  }

  get old() {
    return this.entries.filter((entry) => entry.phase === "idle" && isOldEntry(entry));
  }

  // The first that the server does not have; while it asks for patience, only one that may pass.
  next(isHeld) {
    const isDue = ({ isThere, passes, until }) => !isThere && (passes || !isHeld) && Date.now() >= until;
    return this.current.find(isDue);
  }

  // Those with a connection of their own, and one that gave its connection away.
  get open() {
    return this.entries.filter(({ phase }) => phase !== "idle");
  }

  get left() {
    return this.entries.find(({ phase, isThere }) => phase === "idle" && isThere);
  }

  renew() {
    this.old.forEach((entry) => Object.assign(entry, { at: Date.now(), since: Date.now() }));
    this.save();
  }

  drop() {
    this.old.forEach(({ turn }) => this.remove(turn));
  }

  empty() {
    this.entries.forEach((entry) => entry.stop?.abort());
    this.entries = [];
    this.save();
  }

  save() {
    this.memory.keep({ outbox: this.entries.map(({ turn, at }) => ({ turn, at })) });
  }
}

// Of which reply we have what: its mark, the last event, and its messages so far.
export function noReply() {
  return { mark: "", number: 0, lastId: "", messages: [], shown: 0 };
}

function isOldEntry(entry) {
  return Date.now() - entry.at > OLD_MS;
}
