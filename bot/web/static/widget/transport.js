// The only script that knows the address of the server. Gives the reply, or throws NotDelivered.

const TIMEOUT_MS = 15000;
const NEWS_TIMEOUT_MS = 40000;

export class NotDelivered extends Error {
  // `words`: what the server says about it in Dutch, when it could say anything.
  constructor(reason, words = null, status = 0) {
    super(reason);
    this.reason = reason;
    this.words = words;
    this.status = status;
  }
}

export class Transport {
  constructor({ turn, live, gemeente, audience }) {
    this.address = turn;
    this.liveAddress = live;
    this.about = { gemeente, audience };
  }

  async send(turn) {
    const response = await this.post(this.address, { ...turn, ...this.about }, TIMEOUT_MS);
    const body = await response.json().catch(() => null);
    if (!response.ok) {
      throw new NotDelivered("refused", body?.error?.message ?? null, response.status);
    }
    // An empty reply is a failure: silence is never shown as an answer.
    if (!body || !Array.isArray(body.messages) || body.messages.length === 0) {
      throw new NotDelivered("empty");
    }
    return body;
  }

  // The chat with a worker: `updates` waits for news.
  async live(what, body) {
    const response = await this.post(`${this.liveAddress}/${what}`, body, NEWS_TIMEOUT_MS);
    if (!response.ok) {
      throw new NotDelivered("refused", null, response.status);
    }
    return response.json();
  }

  async post(address, body, timeout) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), timeout);
    try {
      return await fetch(address, {
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
