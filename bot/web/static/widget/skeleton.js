// Builds what stands in the shadow root before anything is said: button and panel, or only the room on our own page.

import { element, phoneLink } from "./markup.js";

const SUGGESTIONS = [1, 2, 3];
const CHOICES = ["ouder", "jongere", "professional"];

// `onAudience`: the person says who it is for.
export function skeleton(given, onAudience) {
  const room = element("div", { className: "room" }, talk(given, onAudience), dock(given));
  const news = element("p", { id: "nieuws", className: "speaker", role: "status" });
  const inside = given.isPage ? [room] : [launcher(given), news, panel(given, room)];
  return element("div", { className: "rits", lang: "nl", dir: "ltr" }, ...inside);
}

function launcher({ texts }) {
  const label = element("span", { id: "start-woorden" }, texts.launcher);
  return element("button", { id: "start", type: "button", className: "launcher", "aria-haspopup": "dialog" }, label);
}

function panel({ texts, exit, lines, address }, room) {
  const title = element("h2", { className: "panel-title", id: "paneel-titel" }, texts.title);
  const leave = element(
    "a",
    { className: "exit", id: "snel-weg", href: exit, rel: "noreferrer nofollow", title: texts.exit_hint },
    texts.exit,
  );
  leave.dataset.one = texts.exit_1;
  const close = element("button", { id: "sluiten", type: "button", className: "panel-close" }, texts.close);
  const head = element("div", { className: "panel-head" }, title, leave, close);
  const numbers = panelLines(texts, lines, address("/hulp"));
  return element("dialog", { className: "panel", "aria-labelledby": "paneel-titel" }, head, numbers, room);
}

// Where the choice of the size of the letters comes.
function sizePlace() {
  return element("span", { className: "size-place" });
}

// All numbers at first; once a conversation has begun the first two, and the others behind a button.
function panelLines(texts, lines, address) {
  const more = element("p", { className: "more" }, element("a", { href: address }, texts.help_more_title));
  const button = element("button", { type: "button", className: "quiet lines-all" }, texts.lines_all);
  button.setAttribute("aria-expanded", "false");
  const numbers = element("nav", { className: "panel-lines", "aria-label": texts.lines_title }, lineList(lines), button, more);
  button.addEventListener("click", () => {
    const isOpen = numbers.classList.toggle("all");
    button.setAttribute("aria-expanded", `${isOpen}`);
  });
  return numbers;
}

export function lineList(lines) {
  const items = lines.map((line) => {
    const link = phoneLink(line.number);
    link.replaceChildren(element("b", {}, line.number), " ", element("span", {}, line.name));
    link.append(" ", element("small", {}, line.for));
    return element("li", {}, link);
  });
  return element("ul", { className: "line-list" }, ...items);
}

function talk(given, onAudience) {
  const log = element("div", { id: "gesprek", className: "log", role: "log", "aria-live": "polite" });
  log.setAttribute("aria-label", given.texts.log_label);
  const state = element("p", { id: "stand", className: "state", role: "status" });
  const more = element("div", { id: "stand-meer", className: "state-more", hidden: true });
  return element("div", { className: "talk", id: "praat" }, welcome(given, onAudience), log, state, more);
}

function welcome(given, onAudience) {
  const { texts, isPage, about, place } = given;
  const lead = texts[`welcome_${about.audience ?? "everybody"}`];
  return element(
    "div",
    { className: "welcome" },
    isPage ? element("h1", {}, texts.welcome_title) : null,
    element("p", { className: "lead" }, lead),
    element("p", { className: "place", id: "plaats", hidden: !place }, `${texts.place_label}: `, element("b", {}, place)),
    about.audience ? null : audiences(given, onAudience),
    suggestions(given),
    kept(given),
    languageNote(given),
    isPage ? sizePlace() : null,
  );
}

function audiences({ texts, isPage, address }, onAudience) {
  const items = CHOICES.map((audience) => {
    const words = texts[`audience_${audience}`];
    if (isPage) {
      return element("li", {}, element("a", { className: "button", href: address("/", { publiek: audience }) }, words));
    }
    const button = element("button", { type: "button", className: "button" }, words);
    button.addEventListener("click", () => onAudience(audience));
    return element("li", {}, button);
  });
  const label = element("p", { id: "wie" }, texts.audience_label);
  return element("div", { className: "who", id: "wie-keuze" }, label, element("ul", { "aria-labelledby": "wie" }, ...items));
}

function suggestions({ texts, about }) {
  const items = SUGGESTIONS.map((number) => {
    const words = texts[`suggestion_${about.audience ?? "everybody"}_${number}`];
    return element("li", {}, element("button", { type: "button", className: "choice" }, words));
  });
  const label = element("p", { id: "bijvoorbeeld" }, texts.suggestions_label);
  const list = element("ul", { "aria-labelledby": "bijvoorbeeld" }, ...items);
  return element("div", { className: "suggestions", id: "suggesties" }, label, list);
}

// Before the first message: that it is a computer, and what is kept.
function kept({ texts }) {
  const wipe = element("button", { type: "button", className: "quiet", id: "wis", hidden: true }, texts.again);
  const words = element("p", {}, `${texts.welcome_computer} ${texts.kept}`);
  return element("div", { className: "kept" }, words, element("p", {}, wipe));
}

// The names of the languages are read by who needs them; the sentences stand behind them.
function languageNote({ languages, about }) {
  const form = about.audience === "jongere" ? 0 : 1;
  const names = languages.slice(1).map(({ lang }) => element("span", { lang, dir: "auto" }, nameOf(lang)));
  const said = languages.map(({ lang, text }) =>
    element("p", { lang, dir: "auto" }, typeof text === "string" ? text : text[form]),
  );
  const summary = element("summary", {}, ...names.flatMap((name, index) => (index ? [" · ", name] : [name])));
  return element("details", { className: "languages" }, summary, ...said);
}

function nameOf(lang) {
  try {
    return new Intl.DisplayNames([lang], { type: "language" }).of(lang);
  } catch {
    return lang;
  }
}

function dock(given) {
  const { texts, isPage, address } = given;
  const live = element(
    "div",
    { id: "live", className: "live", hidden: true },
    element("p", { id: "live-wie" }),
    element("p", { id: "live-typt", className: "live-typing" }),
  );
  const links = element(
    "div",
    { className: "dock-links" },
    element("a", { className: "button human", id: "mens", href: address("/bericht") }, texts.human),
    element("button", { type: "button", className: "button live-stop", id: "live-stop", hidden: true }),
    isPage ? element("a", { className: "dock-lines", href: "#hulplijnen" }, texts.nav_help) : sizePlace(),
  );
  return element("div", { className: "dock" }, live, links, composer(texts));
}

function composer(texts) {
  const field = element("textarea", { id: "tekst", rows: 1, autocomplete: "off", autocapitalize: "sentences", dir: "auto" });
  field.setAttribute("enterkeyhint", "send");
  field.setAttribute("aria-describedby", "bewaard tekst-fout");
  const send = element("button", { className: "button send", type: "submit" }, texts.send);
  return element(
    "form",
    { id: "vraag", className: "composer" },
    element("p", { id: "bewaard", className: "hint" }, texts.kept_short),
    element("label", { htmlFor: "tekst", id: "tekst-label" }, texts.input_label),
    element("div", { className: "composer-row" }, field, send),
    element("p", { id: "tekst-fout", className: "wrong", role: "alert", hidden: true }),
  );
}
