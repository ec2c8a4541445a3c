// A reply that comes in parts: which bubbles of which turn are drawn already, so that nothing is shown twice.

export class Parts {
  constructor(view) {
    this.view = view;
    this.drawn = new Map();
  }

  // Null when it is not the next one: then the whole reply says what is missing.
  add(turn, message, index, urgent) {
    const before = this.drawn.get(turn.id) ?? [];
    if (index !== before.length) {
      return null;
    }
    const bubble = this.view.showMessage(message, urgent && index === 0);
    this.drawn.set(turn.id, [...before, bubble]);
    return bubble;
  }

  has(turn) {
    return this.drawn.has(turn.id);
  }

  drop(turn) {
    const bubbles = this.drawn.get(turn.id) ?? [];
    bubbles.forEach((bubble) => bubble.remove());
    this.drawn.delete(turn.id);
  }

  // The reply is whole. `isSame`: the messages are those that came in parts. Gives all bubbles of it.
  finish(turn, body, isSame) {
    const before = this.drawn.get(turn.id) ?? [];
    const isTold = isSame && (!this.view.isUrgent(body) || before[0]?.matches(".urgent"));
    if (!isTold) {
      this.drop(turn);
    }
    const kept = isTold ? before : [];
    this.drawn.delete(turn.id);
    return [...kept, ...this.view.showReply(body, kept.length)];
  }

  forget() {
    this.drawn.clear();
  }
}
