// Entry of the one script that a page loads: defines the element, and sets one in the page when there is none.
// The script tag says for whom it is: data-gemeente, data-publiek, data-thema, data-begin; the element may say it too.

import { RitsChat } from "./element.js";

const TAG = "rits-chat";

export function start(data) {
  // Only known now, while the script itself runs. Not `document.currentScript`: an image of that name on the page would
  // be what it gives, and say to which server the conversation goes.
  const script = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript")?.get.call(document);
  if (!customElements.get(TAG)) {
    const origin = script?.src ? new URL(script.src).origin : location.origin;
    RitsChat.given = { data, origin, nonce: script?.nonce ?? "", options: { ...script?.dataset } };
    customElements.define(TAG, RitsChat);
  }
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", place);
  } else {
    place();
  }
}

// A second tag, or an element that the page has already, makes no second one.
function place() {
  if (!document.querySelector(TAG)) {
    document.body.append(document.createElement(TAG));
  }
}
