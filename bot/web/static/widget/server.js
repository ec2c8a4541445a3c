// The only script that knows the addresses of the server.

import { askServer, listen, posted } from "./wire.js";

const ASK_MS = 15000;
const NEWS_MS = 40000;
const STATUS_MS = 5000;

export class Server {
  constructor(origin, about) {
    Object.assign(this, { origin, about });
  }

  // A message, and its reply as a stream; after a broken line it goes on after the last event that came.
  turn({ turn, lastId }, stop, heard) {
    const headers = { Accept: "text/event-stream", ...(lastId ? { "Last-Event-ID": lastId } : {}) };
    return listen(`${this.origin}/api/turn`, posted({ ...turn, ...this.about }, headers), stop, heard);
  }

  status() {
    const { gemeente, audience } = this.about;
    const known = Object.entries({ gemeente, publiek: audience }).filter(([, value]) => value);
    const query = known.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    return askServer(`${this.origin}/api/status?${query}`, {}, STATUS_MS);
  }

  // The chat with a worker: `updates` waits for news.
  live(what, body) {
    return askServer(`${this.origin}/api/live/${what}`, posted(body), NEWS_MS);
  }

  post(path, body) {
    return askServer(`${this.origin}${path}`, posted(body), ASK_MS, true);
  }
}
