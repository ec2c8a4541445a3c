// What axe does not measure. Each function gives a list of what is wrong, in words; nothing when all is well.
(name) => {
  const clickable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']";
  const root = document.documentElement;

  function* everything(from = document) {
    for (const node of from.querySelectorAll("*")) {
      yield node;
      if (node.shadowRoot) yield* everything(node.shadowRoot);
    }
  }

  const all = (selector) => [...everything()].filter((node) => node.matches(selector) && isSeen(node));

  function isSeen(node) {
    if (!node.checkVisibility({ checkVisibilityCSS: true, checkOpacity: false })) return false;
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  }

  function describe(node) {
    const words = (node.innerText || node.getAttribute("aria-label") || node.id || "").trim().replace(/\s+/g, " ");
    const kind = node.className && typeof node.className === "string" ? `.${node.className.split(" ").join(".")}` : "";
    return `<${node.localName}${kind}> ${words.slice(0, 50)}`;
  }

  // 1.4.10: nothing that has to be scrolled sideways, and nothing that sticks out of the window.
  function wide() {
    const found = [];
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth - root.clientWidth} too wide`);
    for (const node of everything()) {
      if (!isSeen(node) || node.closest("thead, .unseen, .skip")) continue;
      const box = node.getBoundingClientRect();
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(node).overflowX);
      if (scrolls && node.scrollWidth > node.clientWidth + 1) found.push(`${describe(node)} scrolls sideways`);
      if (box.right > root.clientWidth + 1 && box.left >= 0) found.push(`${describe(node)} sticks out at ${box.right}`);
    }
    return found;
  }

  // 1.4.12 and 1.4.4: words that fall outside a box that hides what does not fit.
  function cut() {
    const found = [];
    for (const node of everything()) {
      const style = getComputedStyle(node);
      if (!isSeen(node) || !node.textContent.trim() || style.clipPath !== "none") continue;
      const [hidesX, hidesY] = [style.overflowX, style.overflowY].map((way) => way === "hidden" || way === "clip");
      if (hidesX && node.scrollWidth > node.clientWidth + 1) found.push(`${describe(node)} is cut off in width`);
      if (hidesY && node.scrollHeight > node.clientHeight + 1) found.push(`${describe(node)} is cut off in height`);
    }
    return found;
  }

  // 2.5.8. A link in a sentence may be as high as its line; a box to tick is as large as its label.
  function small() {
    return all(clickable).flatMap((node) => {
      if (inSentence(node)) return [];
      const boxes = [node, ...(node.labels ?? [])].map((one) => one.getBoundingClientRect());
      if (boxes.some((box) => box.width >= 24 && box.height >= 24)) return [];
      return [`${describe(node)} is ${Math.round(boxes[0].width)} by ${Math.round(boxes[0].height)}`];
    });
  }

  function inSentence(node) {
    if (!getComputedStyle(node).display.startsWith("inline") || node.localName !== "a") return false;
    const block = node.closest("p, li, dd, td, small, label, legend");
    if (!block) return false;
    const links = [...block.querySelectorAll("a")].reduce((sum, link) => sum + link.textContent.trim().length, 0);
    return block.textContent.trim().length > links + 3;
  }

  // 2.5.3: who says what stands there, reaches it.
  function unnamed() {
    return all("a[href], button, input, select, textarea, summary").flatMap((node) => {
      const label = (node.getAttribute("aria-label") ?? "").toLowerCase();
      const shown = (node.innerText ?? "").trim().replace(/\s+/g, " ").toLowerCase();
      return label && shown && !label.includes(shown) ? [`${describe(node)} is called "${label}"`] : [];
    });
  }

  // 3.3.1: what is wrong says so in words, and those belong to the field.
  function silent() {
    return all("[aria-invalid=true]").flatMap((node) => {
      const ids = (node.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
      const words = ids.map((id) => node.getRootNode().getElementById(id)?.textContent.trim() ?? "");
      return ids.length && words.every(Boolean) ? [] : [`${describe(node)} is wrong and does not say why`];
    });
  }

  // 1.3.5: fields about the person carry the name that browsers fill in.
  function unfilled() {
    const purpose = { tel: "tel", email: "email", password: "password" };
    return all("input").flatMap((node) => {
      const wanted = purpose[node.type];
      const given = node.autocomplete ?? "";
      return wanted && !given.includes(wanted) ? [`${describe(node)} of type ${node.type} fills in "${given}"`] : [];
    });
  }

  // 1.3.1 and 2.4.6: one first heading, and no level skipped.
  function headings() {
    const levels = all("h1, h2, h3, h4, h5, h6").map((node) => Number(node.localName[1]));
    const jumps = levels.filter((level, place) => place && level > levels[place - 1] + 1);
    const first = levels.filter((level) => level === 1).length;
    return [...(first === 1 ? [] : [`${first} first headings`]), ...jumps.map((level) => `a heading skips to ${level}`)];
  }

  // What Tab must reach, in the order of the document.
  function stops() {
    const found = all(`${clickable}, [contenteditable=true]`).filter((node) => node.tabIndex >= 0 && !node.disabled);
    const modal = found.find((node) => node.closest("dialog:modal"))?.closest("dialog");
    const reached = modal ? found.filter((node) => modal.contains(node)) : found;
    return reached.filter((node) => !isOtherRadio(node, reached));
  }

  function isOtherRadio(node, among) {
    if (node.type !== "radio") return false;
    const group = among.filter((one) => one.type === "radio" && one.name === node.name && one.form === node.form);
    return node !== (group.find((one) => one.checked) ?? group[0]);
  }

  function active() {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node;
  }

  // Where the keyboard is: its place in the order, what it is, and what is wrong with how it shows (2.4.7 and 2.4.11).
  function focus() {
    const node = active();
    if (!node || node === document.body) return null;
    const style = getComputedStyle(node);
    const wrong = [];
    const isOwn = style.outlineStyle === "auto"; // as the browser draws it
    if (!isOwn && (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)) wrong.push("does not show the focus");
    if (isHidden(node)) wrong.push("stands behind something else");
    return { place: stops().indexOf(node), what: describe(node), wrong };
  }

  // Hidden when no part of it is on top: its middle and its corners all belong to something else.
  function isHidden(node) {
    const boxes = [...node.getClientRects()].filter((box) => box.width && box.height);
    return !boxes.some((box) => points(box).some(([x, y]) => isOnTop(node, x, y)));
  }

  function points({ left, right, top, bottom }) {
    const middle = [(left + right) / 2, (top + bottom) / 2];
    return [middle, [left + 3, top + 3], [right - 3, top + 3], [left + 3, bottom - 3], [right - 3, bottom - 3]];
  }

  function isOnTop(node, x, y) {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot && found !== node) {
      const inside = found.shadowRoot.elementFromPoint(x, y);
      if (!inside || inside === found) break;
      found = inside;
    }
    return Boolean(found) && (node.contains(found) || found.contains(node) || (node.labels ?? []).length > 0 && [...node.labels].some((label) => label.contains(found)));
  }

  const measures = { wide, cut, small, unnamed, silent, unfilled, headings, focus };
  return name === "stops" ? stops().map(describe) : measures[name]();
}
