// Draws the conversation. Takes messages and callbacks; knows no address and no storage.

import { element, isSafeLink, phoneLink, render } from "./markup.js";

const URGENT = ["urgent", "life_threatening"];
// Answers to a question of a form mean nothing any more once the conversation went on.
const PASSING = /^\/(choose|change_field|cancel)/;

export class View {
  constructor(log, { texts, lines }, onChoose) {
    this.log = log;
    this.texts = texts;
    this.lines = lines;
    this.onChoose = onChoose;
  }

  // What the person said; `chosen` when it was a button.
  showSaid(words, chosen) {
    const speaker = chosen ? this.texts.chosen : `${this.texts.you}:`;
    const said = element("div", { className: chosen ? "said chosen" : "said", tabIndex: -1 }, hidden(speaker), words);
    this.log.append(said);
    return said;
  }

  showReply(body) {
    const urgent = body.category === "crisis" || URGENT.includes(body.safety?.level);
    const told = body.messages.map((message, index) => this.told(message, urgent && index === 0));
    this.log.append(...told);
    return told[0];
  }

  // A line of the chat with a worker: the worker's own words, or what the assistant says about it.
  showLive(line) {
    if (line.sender !== "staff") {
      return this.showReply({ messages: [line], category: line.urgent ? "crisis" : "human" });
    }
    const name = element("p", { className: "speaker-name" }, line.name ?? "");
    const told = element("div", { className: "told staff", tabIndex: -1 }, name, element("div", { className: "words" }, line.text));
    this.log.append(told);
    return told;
  }

  showProblem(words, onResend) {
    const resend = element("button", { type: "button", className: "choice" }, this.texts.resend);
    const lines = this.lines.map((line) => element("li", {}, phoneCard(line)));
    const problem = element(
      "div",
      { className: "told problem" },
      hidden(`${this.texts.rits}:`),
      element("p", {}, words),
      element("p", {}, this.texts.lines),
      element("ul", { className: "line-list" }, ...lines),
      resend,
    );
    resend.addEventListener("click", () => {
      problem.remove();
      onResend();
    });
    this.log.append(problem);
    return problem;
  }

  // A reply that the front door made by itself: the same message may be sent once more.
  offerResend(reply, onResend) {
    const resend = element("button", { type: "button", className: "choice" }, this.texts.resend);
    const list = element("ul", { className: "choices" }, element("li", {}, resend));
    resend.addEventListener("click", () => {
      list.remove();
      onResend();
    });
    (this.log.lastElementChild ?? reply).append(list);
  }

  // `passing`: only the answers to a form that is over; else every button.
  retireChoices(passing) {
    for (const list of this.log.querySelectorAll("ul.choices[data-titles]")) {
      if (!passing || PASSING.test(list.dataset.first)) {
        this.asText(list);
      }
    }
  }

  told(message, urgent) {
    const label = urgent ? [element("p", { className: "urgent-label" }, this.texts.urgent)] : [];
    const text = element("div", { className: "text" }, render(message.text));
    const told = element(
      "div",
      { className: urgent ? "told urgent" : "told", tabIndex: -1 },
      hidden(`${this.texts.rits}:`),
      ...label,
      text,
    );
    if (message.sources?.length) {
      told.append(this.sources(message.sources));
    }
    if (message.buttons?.length) {
      told.append(this.choices(message.buttons));
    }
    return told;
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
    list.replaceWith(element("p", { className: "choices-were" }, `${this.texts.options} ${titles}`));
  }

  sources(sources) {
    const items = sources.map(({ title, url, checked_on: day }) => {
      const name = url && isSafeLink(url) ? element("a", { href: url, rel: "noreferrer" }, title) : title;
      const checked = day ? `, ${this.texts.checked} ${longDate(day)}` : "";
      return element("li", {}, name, checked);
    });
    return element(
      "details",
      { className: "sources" },
      element("summary", {}, this.texts.sources),
      element("ul", {}, ...items),
    );
  }
}

function phoneCard(line) {
  const link = phoneLink(line.number);
  link.replaceChildren(
    element("b", {}, line.number),
    " ",
    element("span", {}, line.name),
    " ",
    element("small", {}, line.for),
  );
  return link;
}

function hidden(words) {
  return element("span", { className: "speaker" }, `${words} `);
}

function longDate(day) {
  const moment = new Date(`${day}T12:00:00`);
  const form = { day: "numeric", month: "long", year: "numeric" };
  return Number.isNaN(moment.getTime()) ? day : new Intl.DateTimeFormat("nl-NL", form).format(moment);
}
