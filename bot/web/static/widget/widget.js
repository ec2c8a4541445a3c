// Entry of the one script that a page loads: defines the element, and sets one in the page when there is none.
// The element carries what the script tag says: data-gemeente, data-publiek, data-thema, data-begin.

import { RitsChat } from "./element.js";

const TAG = "rits-chat";
const PASSED_ON = ["gemeente", "publiek", "thema", "begin"];

export function start(data) {
  // Only known now, while the script itself runs.
  const script = document.currentScript;
  if (!customElements.get(TAG)) {
    const origin = script?.src ? new URL(script.src).origin : location.origin;
    RitsChat.given = { data, origin, nonce: script?.nonce ?? "" };
    customElements.define(TAG, RitsChat);
  }
  const options = { ...script?.dataset };
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => place(options));
  } else {
    place(options);
  }
}

// A second tag, or an element that the page has already, makes no second one.
function place(options) {
  if (document.querySelector(TAG)) {
    return;
  }
  const chat = document.createElement(TAG);
  for (const name of PASSED_ON.filter((one) => options[one])) {
    chat.dataset[name] = options[name];
  }
  document.body.append(chat);
}
