// What a person can do with an answer: copy it, print it, have it read aloud, and get the address of exactly this answer.

import { element } from "./markup.js";
import { Speech, languageOf } from "./speech.js";

// What is no part of the answer itself.
const NOT_ON_PAPER = ".tools, .feedback, .choices, .choices-were, .speaker";
let speech = null;

// Only under an answer about a topic; not where danger was heard: a copy or a print may be found by somebody else.
export function hasTools({ topic, category, degraded, safety }) {
  return Boolean(topic) && !degraded && category !== "crisis" && (safety?.level ?? "none") === "none";
}

// `bubbles`: those of this answer; `body`: the reply; `origin`: where our own pages are.
export function answerTools({ bubbles, body, texts, origin, about }) {
  const said = element("p", { className: "tools-said", role: "status" });
  const address = addressOfAnswer(body.topic, origin, about);
  const copy = tool(texts.tool_copy, () => copyAnswer({ bubbles, address, said, texts }));
  const print = tool(texts.tool_print, () => printAnswer(bubbles, address, texts));
  const link = tool(texts.tool_link, () => copyAddress(address, said, texts));
  const tools = element("div", { className: "tools", role: "group", "aria-label": texts.tools }, copy, print);
  tools.setAttribute("aria-live", "off"); // the answer is read out when it comes, its tools are not
  tools.append(readingButton(bubbles, texts), link, said);
  return tools;
}

function tool(words, onClick) {
  const button = element("button", { type: "button", className: "tool" }, words);
  button.addEventListener("click", onClick);
  return button;
}

function addressOfAnswer(topic, origin, { gemeente, audience }) {
  const address = new URL(`/antwoord/${encodeURIComponent(topic)}`, origin || location.origin);
  for (const [name, value] of Object.entries({ gemeente, publiek: audience })) {
    if (value) {
      address.searchParams.set(name, value);
    }
  }
  return `${address}`;
}

async function copyAnswer({ bubbles, address, said, texts }) {
  const words = [...bubbles.map(plainText), address].join("\n\n");
  if (await copied(words, said)) {
    said.textContent = texts.tool_copied;
  } else {
    getSelection()?.selectAllChildren(bubbles[0].querySelector(".text"));
    said.textContent = texts.tool_copy_by_hand;
  }
}

async function copyAddress(address, said, texts) {
  const words = (await copied(address, said)) ? texts.tool_link_copied : texts.tool_link_by_hand;
  said.replaceChildren(`${words} `, element("a", { href: address, rel: "noreferrer" }, address));
}

// The page around us may forbid the clipboard, and a browser may be too old: then the old way, then by hand.
async function copied(words, place) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copiedByField(words, place);
  }
}

function copiedByField(words, place) {
  const focused = place.getRootNode().activeElement;
  const field = element("textarea", { className: "speaker", readOnly: true, value: words });
  place.parentNode.append(field);
  field.select();
  const isCopied = document.execCommand?.("copy") ?? false;
  field.remove();
  focused?.focus({ preventScroll: true });
  return isCopied;
}

function plainText(bubble) {
  const sources = [...bubble.querySelectorAll(".sources li")].map((item) => {
    const link = item.querySelector("a");
    return link ? `${item.textContent}: ${link.href}` : item.textContent;
  });
  return [bubble.querySelector(".text").innerText.trim(), sources.join("\n")].filter(Boolean).join("\n\n");
}

// On a sheet of its own, so that neither the page around us nor the rest of the conversation is printed.
function printAnswer(bubbles, address, texts) {
  const root = bubbles[0].getRootNode();
  const frame = element("iframe", { className: "tools-frame", title: texts.tool_print, tabIndex: -1 });
  frame.setAttribute("aria-hidden", "true");
  root.querySelector(".tools-frame")?.remove(); // not every browser says that it is done printing
  root.querySelector(".rits").append(frame);
  fillSheet(frame.contentDocument, texts.title, [...bubbles.map(onPaper), element("p", {}, address)]);
  dressSheet(frame, root);
  frame.contentWindow.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow.focus();
  frame.contentWindow.print();
}

function fillSheet(sheet, title, nodes) {
  sheet.title = title;
  sheet.documentElement.lang = "nl";
  sheet.body.className = "rits";
  sheet.body.append(element("div", { className: "on-paper" }, ...nodes));
}

function onPaper(bubble) {
  const copy = bubble.cloneNode(true);
  copy.querySelectorAll(NOT_ON_PAPER).forEach((part) => part.remove());
  copy.querySelectorAll("details").forEach((details) => (details.open = true));
  return copy;
}

// The same look; sheets cannot be shared between two documents, so each is made again.
function dressSheet(frame, root) {
  try {
    frame.contentDocument.adoptedStyleSheets = root.adoptedStyleSheets.map((sheet) => {
      const made = new frame.contentWindow.CSSStyleSheet();
      const css = [...sheet.cssRules].map((rule) => rule.cssText).join("\n");
      made.replaceSync(css.replace(/:host/g, ":root"));
      return made;
    });
  } catch {
    // A browser from before constructed sheets prints it plain.
  }
}

// There only once this machine has a voice of its own for the language of the answer.
function readingButton(bubbles, texts) {
  speech = speech ?? new Speech();
  const button = tool(texts.tool_read, () => toggleReading(button, bubbles, texts));
  button.hidden = true;
  speech.whenAble(bubbles.map(languageOf), () => (button.hidden = false));
  return button;
}

function toggleReading(button, bubbles, texts) {
  const isReading = button.dataset.reading === "yes";
  speech.stop();
  if (!isReading) {
    button.dataset.reading = "yes";
    button.textContent = texts.tool_stop;
    speech.read(bubbles, () => {
      button.dataset.reading = "";
      button.textContent = texts.tool_read;
    });
    stopWhenGone(bubbles[0]);
  }
}

// The panel was closed, or the conversation wiped.
function stopWhenGone(bubble) {
  bubble.closest("dialog")?.addEventListener("close", () => speech.stop(), { once: true });
  const watch = new MutationObserver(() => {
    if (!bubble.isConnected) {
      watch.disconnect();
      speech.stop();
    }
  });
  watch.observe(bubble.parentNode, { childList: true });
}
