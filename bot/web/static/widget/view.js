// Draws the conversation. Takes messages and callbacks; knows no address and no storage.

import { element, isSafeLink, render } from "./markup.js";
import { lineList } from "./skeleton.js";

const URGENT_LEVELS = ["urgent", "life_threatening"];
// Answers to a question of a form mean nothing any more once the conversation went on.
const PASSING = /^\/(choose|change_field|cancel)/;
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

export class View {
  constructor({ log, texts, lines, base }, onChoose) {
    Object.assign(this, { log, texts, lines, base, onChoose });
  }

  // What the person said; `chosen` when it was a button.
  showSaid(words, chosen) {
    const speaker = chosen ? this.texts.chosen : `${this.texts.you}:`;
    const said = element("div", { className: chosen ? "said chosen" : "said", tabIndex: -1 }, hiddenWords(speaker));
    said.append(element("div", { dir: "auto" }, words)); // somebody may write from right to left
    this.log.append(said);
    return said;
  }

  isUrgent(body) {
    return body.category === "crisis" || URGENT_LEVELS.includes(body.safety?.level);
  }

  // All bubbles of a reply from number `from`.
  showReply(body, from = 0) {
    const isUrgent = this.isUrgent(body);
    return body.messages.slice(from).map((message, index) => this.showMessage(message, isUrgent && index + from === 0));
  }

  showMessage(message, urgent) {
    const told = this.told(message, urgent);
    this.log.append(told);
    return told;
  }

  // A line of the chat with a worker: the worker's own words, or what the assistant says about it.
  showLive(line) {
    if (line.sender !== "staff") {
      return this.showMessage(line, Boolean(line.urgent));
    }
    const name = element("p", { className: "speaker-name" }, line.name ?? "");
    const words = element("div", { className: "words", dir: "auto" }, line.text);
    const told = element("div", { className: "told staff", tabIndex: -1 }, name, words);
    this.log.append(told);
    return told;
  }

  showProblem(words, onResend) {
    const problem = element(
      "div",
      { className: "told problem", tabIndex: -1 },
      hiddenWords(`${this.texts.rits}:`),
      element("p", {}, words),
      element("p", {}, this.texts.lines),
      lineList(this.lines),
      this.resendButton(() => problem, onResend),
    );
    this.log.append(problem);
    return problem;
  }

  // A reply that the front door made by itself: the same message may be sent once more.
  offerResend(bubble, onResend) {
    const list = element("ul", { className: "choices resend" });
    list.append(element("li", {}, this.resendButton(() => list, onResend)));
    bubble.append(list);
  }

  resendButton(whatGoes, onResend) {
    const button = element("button", { type: "button", className: "choice" }, this.texts.resend);
    button.addEventListener("click", () => {
      const bubble = whatGoes().closest(".told");
      whatGoes().remove();
      (bubble.isConnected ? bubble : this.log.lastElementChild)?.focus({ preventScroll: true });
      onResend();
    });
    return button;
  }

  // `passing`: only the answers to a form that is over; else every button.
  retireChoices(passing) {
    for (const list of this.log.querySelectorAll("ul.choices[data-titles]")) {
      if (!passing || PASSING.test(list.dataset.first)) {
        this.asText(list);
      }
    }
  }

  // The reply in which danger was the last that was spoken of, if nothing was said since.
  urgentAtEnd() {
    const bubbles = [...this.log.querySelectorAll(".said, .told")].reverse();
    const answer = bubbles.findIndex((bubble) => bubble.matches(".said"));
    return bubbles.slice(0, answer < 0 ? undefined : answer).find((bubble) => bubble.matches(".urgent")) ?? null;
  }

  told(message, urgent) {
    const text = element("div", { className: "text" }, render(message.text, this.base));
    const told = element(
      "div",
      { className: urgent ? "told urgent" : "told", tabIndex: -1 },
      hiddenWords(`${this.texts.rits}:`),
      urgent ? element("p", { className: "urgent-label" }, this.texts.urgent) : null,
      text,
    );
    if (message.sources?.length) {
      told.append(this.sources(message.sources));
    }
    if (message.buttons?.length) {
      told.append(this.choices(message.buttons));
    }
    return message.lang ? inLanguage(told, message.lang) : told;
  }

  choices(buttons) {
    const list = element("ul", { className: "choices" });
    list.dataset.titles = JSON.stringify(buttons.map((button) => button.title));
    list.dataset.first = buttons[0].payload;
    for (const { title, payload } of buttons) {
      const button = element("button", { type: "button", className: "choice" }, title);
      button.addEventListener("click", () => {
        this.asText(list);
        this.onChoose(title, payload);
      });
      list.append(element("li", {}, button));
    }
    return list;
  }

  asText(list) {
    const titles = JSON.parse(list.dataset.titles).join(" · ");
    const were = element("p", { className: "choices-were", "aria-live": "off" }, `${this.texts.options} ${titles}`);
    list.replaceWith(were);
  }

  sources(sources) {
    const items = sources.map(({ title, url, checked_on: day }) => {
      const name = url && isSafeLink(url) ? element("a", { href: this.own(url), rel: "noreferrer" }, title) : title;
      const checked = day ? `, ${this.texts.checked} ${longDate(day)}` : "";
      return element("li", {}, name, checked);
    });
    const summary = element("summary", {}, this.texts.sources);
    return element("details", { className: "sources" }, summary, element("ul", {}, ...items));
  }

  own(url) {
    return url.startsWith("/") ? this.base + url : url;
  }
}

// What stands around a reply in another language stays Dutch.
function inLanguage(told, lang) {
  told.lang = lang;
  told.dir = RIGHT_TO_LEFT.test(lang) ? "rtl" : "ltr";
  for (const ours of told.querySelectorAll(".speaker, .urgent-label, .sources")) {
    ours.lang = "nl";
    ours.dir = "ltr";
  }
  return told;
}

function hiddenWords(words) {
  return element("span", { className: "speaker" }, `${words} `);
}

function longDate(day) {
  const moment = new Date(`${day}T12:00:00`);
  const form = { day: "numeric", month: "long", year: "numeric" };
  return Number.isNaN(moment.getTime()) ? day : new Intl.DateTimeFormat("nl-NL", form).format(moment);
}
