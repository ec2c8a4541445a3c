// What the line tells about a turn becomes what the person sees: parts as they come, the whole reply, a refusal, a state.

import { isAnswer } from "./feedback.js";
import { Parts } from "./parts.js";
import { answerTools, hasTools } from "./tools.js";

export class Replies {
  constructor(chat) {
    const { memory, notices, view, scroll, live, feedback } = chat;
    Object.assign(this, { chat, memory, notices, view, scroll, live, feedback });
    this.parts = new Parts(view);
  }

  isOld(turn) {
    return turn.conversation !== this.memory.conversation; // wiped in the meantime
  }

  // A reply of the front door itself is none yet: the same question may be answered after it.
  isTold(turn) {
    return this.memory.entries.some((entry) => entry.told && !entry.told.degraded && entry.turn === turn.id);
  }

  received() {}

  part(turn, message, index, { urgent = false } = {}) {
    // While a worker may speak, only the whole reply says what is new; the numbers never wait for that.
    if (this.isOld(turn) || this.isTold(turn) || (this.live.isOpen && !urgent)) {
      return;
    }
    const bubble = this.parts.add(turn, message, index, urgent);
    if (bubble && index === 0) {
      this.scroll.toStart(bubble);
    }
  }

  restart(turn) {
    this.parts.drop(turn);
  }

  done(turn, body) {
    const count = body.messages.length;
    if (this.isOld(turn) || this.isTold(turn) || !this.live.isNew(body)) {
      this.parts.drop(turn);
      return;
    }
    const hadParts = this.parts.has(turn);
    const bubbles = this.parts.finish(turn, body, body.messages.length === count);
    const last = this.keep(turn, body, bubbles);
    if (body.degraded && !this.view.isUrgent(body)) {
      this.view.offerResend(last, () => this.chat.resend(turn));
    }
    this.feedback.offer(body, last);
    if (hadParts) {
      this.scroll.settle(bubbles[0]);
    } else {
      this.scroll.toStart(bubbles[0]);
    }
    this.chat.onNews();
  }

  // A conversation that the chat began by itself: the welcome stays in sight.
  begun(turn, body) {
    if (!this.isOld(turn)) {
      const bubbles = this.parts.finish(turn, body, true);
      this.keep(turn, body, bubbles);
      this.scroll.near(bubbles[0]);
    }
  }

  keep(turn, body, bubbles) {
    const { messages, category, safety, topic = null, degraded = false } = body;
    this.memory.add({ turn: turn.id, told: { messages, category, safety, topic, degraded } });
    this.chat.talking();
    return this.under(bubbles, body);
  }

  // The tools stand under the last bubble of an answer.
  under(bubbles, body) {
    const last = bubbles[bubbles.length - 1];
    if (hasTools(body)) {
      const { texts, origin, about } = this.chat;
      last.append(answerTools({ bubbles, body, texts, origin, about }));
    }
    return last;
  }

  refused(turn, words) {
    if (!this.isOld(turn)) {
      this.parts.drop(turn);
      const problem = this.view.showProblem(words ?? this.chat.texts.failed, () => this.chat.resend(turn));
      this.scroll.near(problem);
    }
  }

  state(name, detail) {
    if (name === "status") {
      this.chat.status(detail);
    } else {
      this.notices.show(name, detail ?? {});
    }
  }
}
