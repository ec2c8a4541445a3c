// The only script that knows the address of the server. Gives the reply, or throws NotDelivered.

const TIMEOUT_MS = 15000;

export class NotDelivered extends Error {
  // `words`: what the server says about it in Dutch, when it could say anything.
  constructor(reason, words = null) {
    super(reason);
    this.reason = reason;
    this.words = words;
  }
}

export class Transport {
  constructor({ turn, gemeente, audience }) {
    this.address = turn;
    this.about = { gemeente, audience };
  }

  async send(turn) {
    const response = await this.post({ ...turn, ...this.about });
    const body = await response.json().catch(() => null);
    if (!response.ok) {
      throw new NotDelivered("refused", body?.error?.message ?? null);
    }
    // An empty reply is a failure: silence is never shown as an answer.
    if (!body || !Array.isArray(body.messages) || body.messages.length === 0) {
      throw new NotDelivered("empty");
    }
    return body;
  }

  async post(body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
    try {
      return await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: stop.signal,
        credentials: "omit",
        cache: "no-store",
      });
    } catch {
      throw new NotDelivered(navigator.onLine === false ? "offline" : "unreachable");
    } finally {
      clearTimeout(timer);
    }
  }
}
