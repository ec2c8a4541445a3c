// Reads server-sent events from a reply, piece by piece, as they come in.
// Not the browser's own EventSource: that can only GET, and the conversation's number may not stand in an address.

export class EventReader {
  // `onEvent({ name, id, data })`, with the data as text.
  constructor(onEvent) {
    this.onEvent = onEvent;
    this.rest = "";
    this.clear();
  }

  clear() {
    this.name = "message";
    this.lines = [];
  }

  // An end of line may be cut in two: a \r at the end waits for what follows.
  feed(text) {
    const whole = this.rest + text;
    const end = whole.endsWith("\r") ? whole.length - 1 : whole.length;
    const lines = whole.slice(0, end).split(/\r\n|\n|\r/);
    this.rest = lines.pop() + whole.slice(end);
    lines.forEach((line) => this.read(line));
  }

  read(line) {
    if (line === "") {
      this.dispatch();
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) {
      return; // a comment: a sign of life
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    this.take(field, value);
  }

  take(field, value) {
    if (field === "event") {
      this.name = value;
    } else if (field === "data") {
      this.lines.push(value);
    } else if (field === "id") {
      this.id = value;
    }
  }

  // What was cut off before its empty line is no event.
  dispatch() {
    const { name, lines, id = "" } = this;
    this.clear();
    if (lines.length) {
      this.onEvent({ name, id, data: lines.join("\n") });
    }
  }
}

// `onLife` at every sign of life. A browser without streams gives all of it at the end.
export async function readEvents(response, onEvent, onLife) {
  const reader = new EventReader(onEvent);
  if (!response.body?.getReader) {
    reader.feed(await response.text());
    return;
  }
  const pieces = response.body.getReader();
  const decoder = new TextDecoder();
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
    onLife();
    reader.feed(decoder.decode(piece.value, { stream: true }));
  }
}
