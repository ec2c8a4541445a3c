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

// A browser may refuse storage altogether; the chat then works without a memory.
function storedState() {
  try {
    const found = JSON.parse(sessionStorage.getItem(MEMORY_KEY));
    return found && typeof found.conversation === "string" && Array.isArray(found.entries) ? found : null;
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
