// One chat at the desk: sends without a reload, and asks for news. The page works without it.

const PAUSE_MS = 1500;
const LONGEST_PAUSE_MS = 15000;
const TYPING_MS = 3000;
const byId = (id) => document.getElementById(id);

class DeskChat {
  constructor(log) {
    this.log = log;
    this.sign = byId("chat-teken");
    this.wrong = byId("chat-fout");
    this.notSent = false;
    this.isLost = false;
    this.form = byId("zeg");
    this.field = byId("bericht");
    this.last = Number(log.dataset.last);
    this.pause = PAUSE_MS;
    this.typedAt = 0;
  }

  start() {
    for (const link of document.querySelectorAll(".no-script")) {
      link.remove();
    }
    this.log.scrollTop = this.log.scrollHeight;
    if (this.form) {
      this.form.addEventListener("submit", (event) => this.submit(event));
      this.field.addEventListener("input", () => this.typing());
      this.field.addEventListener("keydown", (event) => this.key(event));
      this.field.focus();
      this.keepLooking();
    }
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      this.submit(event);
    }
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text || this.sending) {
      return;
    }
    this.sending = true; // one at a time, in order
    try {
      const sent = await this.post(this.form.action, { id: this.form.elements.id.value, text });
      if (!sent.ok) {
        throw new Error("refused");
      }
      document.dispatchEvent(new Event("rits-seen"));
      // Only now: the same id is sent again when nobody knows whether it came through.
      this.form.elements.id.value = newId();
      this.field.value = "";
      this.typedAt = 0;
      this.notSent = false;
      await this.look().catch(() => {}); // it was sent, whatever the look brings
    } catch {
      this.notSent = true;
      this.field.focus();
    } finally {
      this.sending = false;
      this.complain();
    }
  }

  // Read out when it begins, and not again at every new attempt.
  complain() {
    const { notSent, lost } = this.sign.dataset;
    const words = [this.notSent ? notSent : "", this.isLost ? lost : ""].filter(Boolean).join(" ");
    if (this.wrong.textContent !== words) {
      this.wrong.textContent = words;
    }
  }

  typing() {
    if (Date.now() - this.typedAt > TYPING_MS && this.field.value) {
      this.typedAt = Date.now();
      this.post(this.form.dataset.typing, {}).catch(() => {});
    }
  }

  post(address, fields) {
    const csrf = this.form.elements.csrf.value;
    return fetch(address, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ csrf, ...fields }),
    });
  }

  async keepLooking() {
    try {
      await this.look();
      this.isLost = false;
      this.pause = PAUSE_MS;
    } catch {
      this.isLost = true;
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    }
    this.complain();
    if (!this.over) {
      setTimeout(() => this.keepLooking(), this.pause);
    }
  }

  async look() {
    const response = await fetch(`${this.log.dataset.news}?na=${this.last}`, { cache: "no-store" });
    if (response.status === 401 || response.status === 404) {
      location.reload(); // signed out, or erased
      return;
    }
    if (!response.ok) {
      throw new Error("no news");
    }
    this.show(await response.json());
  }

  show(news) {
    for (const line of news.messages) {
      if (line.number > this.last) {
        this.last = line.number;
        this.log.append(this.line(line));
      }
    }
    if (news.messages.length) {
      this.log.scrollTop = this.log.scrollHeight;
    }
    this.danger(news.danger);
    this.sign.textContent = news.typing ? this.sign.dataset.typing : news.away ? this.sign.dataset.away : "";
    if (!news.mine && !this.over) {
      this.close();
    }
  }

  line({ sender, at, text }) {
    const line = document.createElement("p");
    line.className = `line ${sender}`;
    const [who, when, words] = ["b", "small", "span"].map((tag) => document.createElement(tag));
    who.textContent = this.log.dataset[sender];
    when.textContent = at;
    words.className = "words";
    words.textContent = text;
    line.append(who, " ", when, " ", words);
    return line;
  }

  danger(level) {
    const shown = byId("gevaar");
    const words = { concern: shown.dataset.concern, urgent: shown.dataset.urgent };
    const said = level === "life_threatening" ? shown.dataset.lifeThreatening : (words[level] ?? "");
    if (shown.textContent.trim() !== said) {
      shown.textContent = said;
      shown.hidden = !said;
    }
  }

  // Ended, or taken over: what was not sent yet stays readable.
  close() {
    this.over = true;
    byId("chat-stand").textContent = this.sign.dataset.over;
    this.form.querySelector("button").disabled = true;
    this.field.readOnly = true;
    for (const form of document.querySelectorAll(".after form")) {
      form.remove();
    }
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const log = byId("berichten");
if (log) {
  new DeskChat(log).start();
}
