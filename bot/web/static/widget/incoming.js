// Puts a reply together from its events. What came before the line broke counts, unless the reply was made anew.

import { noReply } from "./outbox.js";
import { NotDelivered } from "./wire.js";

export class Incoming {
  // `tell(what, ...)` is said to the chat; `finish(entry, body)` when the reply is whole.
  constructor(tell, finish) {
    this.tell = tell;
    this.finish = finish;
  }

  heard(entry, { name, id, data }) {
    const [mark, count] = id.split("-");
    const number = Number(count);
    if (mark !== entry.mark) {
      this.restart(entry, mark);
    } else if (number <= entry.number) {
      return; // we have it
    }
    Object.assign(entry, { number, lastId: id });
    this.take(entry, name, JSON.parse(data));
  }

  // Another reply than the one that we have parts of: those count no more.
  restart(entry, mark) {
    if (entry.shown) {
      this.tell("restart", entry.turn);
    }
    Object.assign(entry, noReply(), { mark });
  }

  take(entry, name, data) {
    if (name === "received") {
      this.tell("received", entry.turn, { safety: data.safety, category: data.category });
    } else if (name === "message") {
      this.part(entry, data);
    } else if (name === "reply") {
      this.finish(entry, { ...data, messages: entry.messages });
    } else if (name === "refused") {
      throw new NotDelivered("refused", { words: data.error.message, status: data.status, after: data.retry_after });
    }
  }

  part(entry, { message, index, urgent, at_once: isShown }) {
    entry.messages.push(message);
    if (isShown) {
      entry.shown += 1;
      this.tell("part", entry.turn, message, index, { urgent });
    }
  }
}
