// What this tab remembers, in sessionStorage only: a reload keeps the conversation, closing the tab forgets it.

const KEY = "gesprek";
const MOST_ENTRIES = 60;

export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fresh() {
  return { conversation: randomId(), entries: [] };
}

// A browser may refuse storage altogether; the chat then works without a memory.
function stored() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY));
    return found && typeof found.conversation === "string" && Array.isArray(found.entries) ? found : null;
  } catch {
    return null;
  }
}

export class Memory {
  constructor() {
    this.state = stored() ?? fresh();
  }

  get conversation() {
    return this.state.conversation;
  }

  get entries() {
    return this.state.entries;
  }

  add(entry) {
    this.state.entries = [...this.state.entries, entry].slice(-MOST_ENTRIES);
    this.save();
  }

  get live() {
    return this.state.live;
  }

  keep(values) {
    this.state = { ...this.state, ...values };
    this.save();
  }

  save() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.state));
    } catch {
      // Full or forbidden: the conversation goes on, only a reload will not bring it back.
    }
  }

  wipe() {
    this.state = fresh();
    wipeTab();
  }
}

export function wipeTab() {
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was stored then.
  }
}
