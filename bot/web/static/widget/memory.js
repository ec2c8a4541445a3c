// What this tab remembers, in sessionStorage only: a reload keeps the conversation, closing the tab forgets it.

const MEMORY_KEY = "rits";
const MOST_ENTRIES = 60;

export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function freshState() {
  return { conversation: randomId(), entries: [] };
}

// Another script of the site may write here, and an older version of ours did: what cannot be drawn is no memory.
const isText = (value) => typeof value === "string";
const isList = (value, fits) => Array.isArray(value) && value.every((one) => one && fits(one));
const isTurn = ({ id, conversation }) => isText(id) && isText(conversation);
const isButton = ({ title, payload }) => isText(title) && isText(payload);
const isSource = ({ title, url }) => isText(title) && isText(url ?? "");
const isMessage = ({ text, buttons = [], sources = [] }) =>
  isText(text) && isList(buttons, isButton) && isList(sources, isSource);

function isEntry({ live, told, said }) {
  return live ? isMessage(live) : told ? isList(told.messages, isMessage) && told.messages.length > 0 : isText(said);
}

function isState({ conversation, entries, outbox = [], unanswered, live }) {
  const isWaiting = isList(outbox, ({ turn }) => turn && isTurn(turn)) && (!unanswered || isTurn(unanswered));
  const isNumber = isText(conversation) && /^[\w.:-]{1,128}$/.test(conversation);
  return isNumber && isList(entries, isEntry) && isWaiting && (!live || isList(live.shown ?? [], () => true));
}

// A browser may refuse storage altogether; the chat then works without a memory.
function storedState() {
  try {
    const found = JSON.parse(sessionStorage.getItem(MEMORY_KEY));
    return found && isState(found) ? found : null;
  } catch {
    return null;
  }
}

export class Memory {
  constructor() {
    this.state = storedState() ?? freshState();
  }

  get conversation() {
    return this.state.conversation;
  }

  get entries() {
    return this.state.entries;
  }

  add(entry) {
    this.keep({ entries: [...this.state.entries, entry].slice(-MOST_ENTRIES) });
  }

  get live() {
    return this.state.live;
  }

  keep(values) {
    this.state = { ...this.state, ...values };
    this.save();
  }

  save() {
    if (document.documentElement.classList.contains("left")) {
      return; // somebody left in a hurry, and a reply comes in while the next page is loading
    }
    try {
      sessionStorage.setItem(MEMORY_KEY, JSON.stringify(this.state));
    } catch {
      // Full or forbidden: the conversation goes on, only a reload will not bring it back.
    }
  }

  // `kept`: what is no part of the conversation, such as the size of the letters.
  wipe(kept = {}) {
    this.state = { ...freshState(), ...kept };
    wipeTab();
  }
}

// Only ours: the page of a municipality may keep things of its own in the tab.
export function wipeTab() {
  try {
    sessionStorage.removeItem(MEMORY_KEY);
  } catch {
    // Nothing was stored then.
  }
}
