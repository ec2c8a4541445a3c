// The chat with a worker: asks for news, and says in words who is listening.
// All of it survives a reload: what is known stands in the memory of this tab, the rest with the server.

const WAIT_S = 25;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15000;
const TYPING_MS = 3000;
const OPEN_STATES = ["asked", "active"];
const NO_CHAT = { chat: null, after: 0, state: "none", shown: [] };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Live {
  constructor(chat) {
    const { memory, line, view, texts, scroll } = chat;
    Object.assign(this, { chat, memory, line, view, texts, scroll });
    this.news = { name: "", team: "", typing: false };
    this.typedAt = 0;
  }

  get known() {
    return { ...NO_CHAT, ...this.memory.live };
  }

  get active() {
    return this.known.state === "active";
  }

  // Somebody was asked to come, or is there.
  get isOpen() {
    return OPEN_STATES.includes(this.known.state);
  }

  byId(id) {
    return this.chat.byId(id);
  }

  start() {
    this.byId("live-stop").addEventListener("click", () => {
      this.chat.say({ payload: "/live_end" }, this.byId("live-stop").textContent, true);
    });
    addEventListener("online", () => this.hurry?.());
    if (this.isOpen) {
      this.watch();
    }
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
    if (OPEN_STATES.includes(live.state)) {
      this.watch();
    }
    return show;
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
        const news = await this.line.live("updates", asked);
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
        this.scroll.near(this.view.showLive(told));
        this.chat.onNews();
      }
    }
    this.watching = OPEN_STATES.includes(news.state);
    this.isLost = false;
    this.draw();
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
      this.line.live("typing", { conversation: this.memory.conversation }).catch(() => {});
    }
  }

  // What was typed is sent: the next letter is news again.
  spoke() {
    this.typedAt = 0;
  }

  // The conversation is wiped from this page: nobody should go on writing into it.
  leave() {
    if (this.isOpen) {
      this.line.live("end", { conversation: this.memory.conversation }).catch(() => {});
    }
    this.watching = false;
    this.remember(NO_CHAT);
    this.draw();
  }

  remember(changes) {
    this.memory.keep({ live: { ...this.known, ...changes } });
  }

  // Not announced: the line in the conversation that says the same is.
  draw() {
    const { state } = this.known;
    const { name, team, typing } = this.news;
    const fill = (words) => words.split("{name}").join(name ?? "").split("{team}").join(team ?? "");
    const words = this.active ? this.texts.live_active : this.texts.live_waiting;
    this.byId("live").hidden = !OPEN_STATES.includes(state) || !team;
    this.byId("live-wie").textContent = this.isLost ? this.texts.live_lost : fill(words);
    this.byId("live-typt").textContent = typing && !this.isLost ? fill(this.texts.live_typing) : "";
    this.byId("live-stop").textContent = fill(this.active ? this.texts.live_end : this.texts.live_stop);
    this.byId("live-stop").hidden = this.byId("live").hidden;
    this.byId("mens").hidden = !this.byId("live").hidden;
    this.label ??= this.byId("tekst-label").textContent;
    this.byId("tekst-label").textContent = this.active && name ? fill(this.texts.live_input) : this.label;
  }
}
