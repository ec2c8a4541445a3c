// The chat with a worker: asks for news, sends again what did not get through, and says in words who is listening.
// All of it survives a reload: what is known stands in the memory of this tab, the rest with the server.

const WAIT_S = 25;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15000;
const TYPING_MS = 3000;
const OPEN = ["asked", "active"];
const NOTHING = { chat: null, after: 0, state: "none", shown: [], unsent: [] };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const byId = (id) => document.getElementById(id);

export class Live {
  // `say(spoken, words, chosen)`, `answered(turn, body)` and `failed(turn, error)` are those of the chat.
  constructor({ memory, transport, view, texts, chat }) {
    Object.assign(this, { memory, transport, view, texts, chat });
    this.news = { name: "", team: "", typing: false };
    this.typedAt = 0;
  }

  get known() {
    return { ...NOTHING, ...this.memory.live };
  }

  get active() {
    return this.known.state === "active";
  }

  start() {
    byId("live-stop").addEventListener("click", () => {
      this.chat.say({ payload: "/live_end" }, byId("live-stop").textContent, true);
    });
    addEventListener("online", () => this.hurry?.());
    if (OPEN.includes(this.known.state)) {
      this.watch();
    }
    this.pump();
  }

  // After the reply to a turn; false when all of it is (or will be) shown as news.
  isNew(body) {
    const { live } = body;
    if (!live) {
      return true;
    }
    if (live.shown.length && live.shown.every((id) => this.known.shown.includes(id))) {
      body.messages.splice(0, live.lines); // the news was first
    }
    const show = !live.quiet && body.messages.length > 0;
    if (show) {
      this.remember({ shown: [...this.known.shown, ...live.shown].slice(-40) });
    }
    if (OPEN.includes(live.state)) {
      this.watch();
    }
    return show;
  }

  // A message for the worker is kept until the server has it: sent twice it is said once.
  send(turn) {
    this.typedAt = 0;
    this.remember({ unsent: [...this.known.unsent, turn] });
    this.pump();
  }

  async pump() {
    if (this.pumping) {
      return;
    }
    this.pumping = true;
    let wait = FIRST_PAUSE_MS;
    while (this.known.unsent.length) {
      const turn = this.known.unsent[0];
      try {
        const body = await this.transport.send(turn);
        this.sent(turn);
        this.chat.answered(turn, body);
        wait = FIRST_PAUSE_MS;
      } catch (error) {
        if (error.reason === "refused" && ![429, 500, 502, 503, 504].includes(error.status)) {
          this.sent(turn);
          this.chat.failed(turn, error);
        } else {
          wait = await this.lost(wait);
        }
      }
    }
    this.pumping = false;
    this.draw();
  }

  sent(turn) {
    this.remember({ unsent: this.known.unsent.filter((one) => one.id !== turn.id) });
  }

  async watch() {
    if (this.watching) {
      return;
    }
    this.watching = true;
    let wait = FIRST_PAUSE_MS;
    while (this.watching) {
      const { conversation } = this.memory;
      const { chat, after, state } = this.known;
      try {
        const asked = { conversation, chat, after, state, typing: this.news.typing, wait: this.news.team ? WAIT_S : 0 };
        const news = await this.transport.live("updates", asked);
        if (conversation === this.memory.conversation) {
          this.took(news);
          wait = FIRST_PAUSE_MS;
        }
      } catch {
        wait = await this.lost(wait);
      }
    }
    this.draw();
  }

  took(news) {
    const known = this.known;
    this.news = news;
    if (news.state === "active" && known.state !== "active") {
      this.view.retireChoices(false); // those were for the assistant
    }
    const after = news.chat === known.chat ? known.after : 0;
    const fresh = news.messages.filter(({ number }) => number > after);
    this.remember({
      chat: news.chat,
      state: news.state,
      after: Math.max(after, ...fresh.map(({ number }) => number)),
      shown: [...known.shown, ...fresh.map((line) => line.client_id)].slice(-40),
    });
    for (const line of fresh) {
      if (line.sender !== "person" && !known.shown.includes(line.client_id)) {
        const told = { ...line, name: news.name };
        this.memory.add({ live: told });
        this.reveal(this.view.showLive(told));
      }
    }
    this.watching = OPEN.includes(news.state);
    this.isLost = false;
    this.draw();
  }

  // Above the dock, which lies over the end of the conversation.
  reveal(node) {
    node.style.scrollMarginBottom = `${document.querySelector(".dock").offsetHeight + 12}px`;
    node.scrollIntoView({ block: "nearest" });
  }

  // Waits, longer each time, until the line may be back.
  async lost(wait) {
    this.isLost = wait > FIRST_PAUSE_MS;
    this.draw();
    await Promise.race([pause(wait), new Promise((done) => (this.hurry = done))]);
    return Math.min(wait * 2, LONGEST_PAUSE_MS);
  }

  typing() {
    if (this.active && Date.now() - this.typedAt > TYPING_MS) {
      this.typedAt = Date.now();
      this.transport.live("typing", { conversation: this.memory.conversation }).catch(() => {});
    }
  }

  // The conversation is wiped from this page: nobody should go on writing into it.
  leave() {
    if (OPEN.includes(this.known.state)) {
      this.transport.live("end", { conversation: this.memory.conversation }).catch(() => {});
    }
    this.watching = false;
    this.remember(NOTHING);
    this.draw();
  }

  remember(changes) {
    this.memory.keep({ live: { ...this.known, ...changes } });
  }

  // Not announced: the line in the conversation that says the same is.
  draw() {
    const { state } = this.known;
    const { name, team, typing } = this.news;
    const fill = (words) => words.replaceAll("{name}", name ?? "").replaceAll("{team}", team ?? "");
    const words = this.active ? this.texts.live_active : this.texts.live_waiting;
    byId("live").hidden = !OPEN.includes(state) || !team;
    byId("live-wie").textContent = this.isLost ? this.texts.live_lost : fill(words);
    byId("live-typt").textContent = typing && !this.isLost ? fill(this.texts.live_typing) : "";
    byId("live-stop").textContent = fill(this.active ? this.texts.live_end : this.texts.live_stop);
    byId("live-stop").hidden = byId("live").hidden;
    byId("mens").hidden = !byId("live").hidden;
    this.label ??= byId("tekst-label").textContent;
    byId("tekst-label").textContent = this.active && name ? fill(this.texts.live_input) : this.label;
  }
}
