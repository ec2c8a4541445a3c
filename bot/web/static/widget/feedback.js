// Asks under an answer whether it helped. Sends no number of the conversation, and asks nothing once danger was spoken of.

import { element } from "./markup.js";

const ANSWERS = ["find_help", "ordinary_or_care", "turning_18", "referral_route", "rights"];
const DANGER_LEVELS = ["concern", "urgent", "life_threatening"];
const LONGEST_REASON = 500;

// An answer about a topic; not a question of a form, small talk, or what the front door says by itself.
export function isAnswer(body) {
  return Boolean(body.topic) && !body.degraded && ANSWERS.includes(body.category);
}

export class Feedback {
  // `onDanger` draws the messages that come back when a reason speaks of danger.
  constructor({ texts, line, about, log }, onDanger) {
    Object.assign(this, { texts, line, about, log, onDanger });
    this.silent = false;
  }

  // Under the last message of an answer about a topic.
  offer(body, last) {
    this.notice(body);
    if (!this.silent && isAnswer(body)) {
      last.append(this.question(body.topic));
    }
  }

  // Also of a reply from before a reload.
  notice(body) {
    if (body.category === "crisis" || DANGER_LEVELS.includes(body.safety?.level)) {
      this.hush();
    }
  }

  // No thumbs beside a help line: also those of earlier answers go.
  hush() {
    this.silent = true;
    this.log.querySelectorAll(".feedback").forEach((asked) => asked.remove());
  }

  question(topic) {
    const box = element("div", { className: "feedback" });
    box.setAttribute("role", "group");
    box.setAttribute("aria-live", "off"); // the answer is read out when it comes, this question is not
    box.setAttribute("aria-label", this.texts.feedback_ask);
    const up = this.button(this.texts.feedback_up, () => this.judge(box, topic, "up"));
    const down = this.button(this.texts.feedback_down, () => this.explain(box, topic));
    box.append(element("span", { className: "feedback-ask" }, this.texts.feedback_ask), up, down);
    return box;
  }

  explain(box, topic) {
    const form = element("form", { className: "feedback-why" });
    const id = `waarom-${Math.random().toString(36).slice(2)}`;
    const field = element("textarea", { id, rows: 2, maxLength: LONGEST_REASON, autocomplete: "off" });
    const send = element("button", { type: "submit", className: "choice" }, this.texts.feedback_send);
    const wrong = element("p", { className: "wrong" });
    wrong.setAttribute("role", "alert");
    form.append(
      element("label", { htmlFor: id }, this.texts.feedback_why),
      element("p", { className: "feedback-hint" }, this.texts.feedback_hint),
      field,
      wrong,
      send,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.judge(box, topic, "down", field.value.trim() || null, wrong);
    });
    box.replaceChildren(form);
    field.focus({ preventScroll: true });
  }

  async judge(box, topic, verdict, reason = null, wrong = null) {
    const reply = await this.line.post("/api/feedback", { topic, verdict, reason, ...this.about }).catch(() => null);
    if (reply?.messages?.length) {
      this.hush();
      this.onDanger(reply.messages);
    } else if (reply?.error && wrong) {
      wrong.textContent = reply.error.message;
    } else {
      // The same words when it did not arrive: nobody has to worry about our numbers.
      box.style.minHeight = `${box.offsetHeight}px`; // nothing below it jumps
      const thanks = element("p", { className: "feedback-thanks", tabIndex: -1 }, this.texts.feedback_thanks);
      box.replaceChildren(thanks);
      thanks.focus({ preventScroll: true });
    }
  }

  button(words, onClick) {
    const button = element("button", { type: "button", className: "feedback-button" }, words);
    button.addEventListener("click", onClick);
    return button;
  }
}
