// Three sizes of letters, kept in the memory of this tab.

import { element } from "./markup.js";

const TEXT_SIZES = [1, 2, 3];

export function textSizeControl({ root, memory, texts }) {
  const said = element("span", { className: "speaker", role: "status" });
  const buttons = TEXT_SIZES.map((size) => {
    const button = element("button", { type: "button", title: texts[`text_size_${size}`] }, "A");
    button.setAttribute("aria-label", `A: ${texts[`text_size_${size}`]}`);
    button.addEventListener("click", () => {
      memory.keep({ size });
      apply(size);
      said.textContent = texts[`text_size_${size}`];
    });
    return button;
  });

  function apply(size) {
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", `${index + 1 === size}`));
    root.querySelector(".rits")?.setAttribute("data-size", size);
  }

  const kept = memory.state.size;
  // Only then the control stands in its place.
  Promise.resolve().then(() => apply(TEXT_SIZES.includes(kept) ? kept : 1));
  return element("div", { className: "text-size", role: "group", "aria-label": texts.text_size }, ...buttons, said);
}
