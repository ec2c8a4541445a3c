// One request to the server. Knows how a line breaks: no answer, no sign of life, or words that say why not.

import { readEvents } from "./stream.js";

// No cookie, no copy on the disk; on which page of the municipality somebody is, is nobody's business.
const QUIETLY = { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };
const SILENCE_MS = 10000;
const MAKES_SENSE = /^application\/json\b/i;

export class NotDelivered extends Error {
  // `words`: what the server says about it in Dutch, when it could say anything. `after`: seconds to wait.
  constructor(reason, { words = null, status = 0, after = 0 } = {}) {
    super(reason);
    Object.assign(this, { reason, words, status, after });
  }
}

export async function reach(address, given, signal) {
  try {
    return await fetch(address, { ...QUIETLY, ...given, signal });
  } catch {
    throw brokenLine();
  }
}

export function posted(body, headers = {}) {
  return { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) };
}

// JSON within this time; also that of a refusal when `anyway`.
export async function askServer(address, given, timeout, anyway = false) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  try {
    const response = await reach(address, given, stop.signal);
    if (!response.ok && !anyway) {
      throw await refusalOf(response);
    }
    return await response.json().catch(() => {
      throw brokenLine();
    });
  } finally {
    clearTimeout(timer);
  }
}

// A reply as a stream of events, or whole from a server that does not stream. Rejects when it did not come to its end.
export async function listen(address, given, stop, { onTaken, onEvent, onWhole }) {
  let timer = 0;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), SILENCE_MS);
  };
  alive();
  try {
    const response = await reach(address, given, stop.signal);
    if (!response.ok) {
      throw await refusalOf(response);
    }
    alive();
    if (/^text\/event-stream\b/i.test(response.headers.get("Content-Type") ?? "")) {
      onTaken();
      await readEvents(response, onEvent, alive);
    } else {
      onWhole(await response.json());
    }
  } catch (error) {
    throw error instanceof NotDelivered ? error : brokenLine();
  } finally {
    clearTimeout(timer);
  }
}

export function brokenLine() {
  return new NotDelivered(navigator.onLine === false ? "offline" : "unreachable");
}

// An answer that is not ours (a proxy, the sign-in page of a wifi network) is a broken line.
async function refusalOf(response) {
  const isOurs = MAKES_SENSE.test(response.headers.get("Content-Type") ?? "");
  const body = isOurs ? await response.json().catch(() => null) : null;
  if (!body?.error) {
    return response.status >= 500 || !isOurs ? brokenLine() : new NotDelivered("refused", { status: response.status });
  }
  const after = Number(response.headers.get("Retry-After")) || 0;
  return new NotDelivered("refused", { words: body.error.message ?? null, status: response.status, after });
}
