// The small Markdown of the replies as DOM nodes: paragraphs, headings, bold, lists, links and telephone numbers.
// No markup is made from strings: whatever stands in a reply can only become text. phone_numbers.py knows the same numbers.

const MARKED = /\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
// The character before it is caught, since older browsers cannot look behind them.
const NUMBER =
  /(^|[^\w.,/-])(11[23](?![\d%]|[.,]\w| euro| procent)|14 ?0\d{2,3}|0\d{1,3}[- ]\d[\d ]{2,12}\d|0\d{9})(?![\w-])/g;
const BULLET = /^\s*[-*] +(.*)$/;
const NUMBERED = /^\s*\d{1,2}[.)] +(.*)$/;
const HEADING = /^#{1,4} +(.*)$/;
const ALL_BOLD = /^\*\*([^*]+)\*\*:?$/;

// Properties by their name in the DOM; what the DOM does not know, such as `aria-label`, becomes an attribute.
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) {
      made[name] = value;
    } else {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// `origin`: where our own addresses are; empty on our own pages.
export function render(text, origin = "") {
  const shown = document.createDocumentFragment();
  for (const block of text.trim().split(/\n\s*\n/)) {
    shown.append(...blockNodes(block.split("\n").filter((line) => line.trim())));
  }
  for (const link of origin ? shown.querySelectorAll("a[href^='/']") : []) {
    link.href = origin + link.getAttribute("href");
  }
  return shown;
}

// One block holds paragraphs and lists; a list may follow its first sentence without an empty line.
function blockNodes(lines) {
  const nodes = [];
  let open = null;
  for (const line of lines) {
    const part = partOf(line);
    if (part.tag === "h3" || !open || open.kind !== part.kind) {
      open = { kind: part.tag === "h3" ? "done" : part.kind, node: document.createElement(part.list ?? part.tag) };
      nodes.push(open.node);
      addTo(open.node, part, false);
    } else {
      addTo(open.node, part, true);
    }
  }
  return nodes;
}

function partOf(line) {
  const heading = HEADING.exec(line) ?? ALL_BOLD.exec(line.trim());
  if (heading) {
    return { kind: "heading", tag: "h3", words: heading[1] };
  }
  const bullet = BULLET.exec(line);
  if (bullet) {
    return { kind: "ul", list: "ul", tag: "li", words: bullet[1] };
  }
  const numbered = NUMBERED.exec(line);
  return numbered
    ? { kind: "ol", list: "ol", tag: "li", words: numbered[1] }
    : { kind: "p", tag: "p", words: line.trim() };
}

function addTo(node, part, isNext) {
  if (part.list) {
    node.append(element("li", {}, ...inline(part.words)));
  } else {
    node.append(...(isNext ? [document.createElement("br")] : []), ...inline(part.words));
  }
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(MARKED)) {
    nodes.push(...withNumbers(text.slice(end, found.index)), marked(found));
    end = found.index + found[0].length;
  }
  return [...nodes, ...withNumbers(text.slice(end))];
}

function marked([, bold, words, href]) {
  if (bold !== undefined) {
    return element("strong", {}, ...inline(bold));
  }
  return isSafeLink(href) ? element("a", { href, rel: "noreferrer" }, words) : words;
}

export function isSafeLink(href) {
  return /^https:\/\//.test(href) || /^\/(?![/\\\s])/.test(href);
}

function withNumbers(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(NUMBER)) {
    const [all, before, number] = found;
    if (isCallable(number)) {
      nodes.push(text.slice(end, found.index + before.length), phoneLink(number));
      end = found.index + all.length;
    }
  }
  return [...nodes, text.slice(end)].filter((node) => node !== "");
}

export function phoneLink(number) {
  return element("a", { href: `tel:${number.replace(/\D/g, "")}` }, number);
}

function isCallable(number) {
  const digits = number.replace(/\D/g, "");
  if (/^(112|113|14)/.test(digits)) {
    return true;
  }
  return /^0[89]00/.test(digits) ? [8, 11].includes(digits.length) : digits.length === 10;
}
