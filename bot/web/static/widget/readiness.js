// Asks whether the assistant answers again, less often every time, and not for ever.

const ASKING_POLLS_MS = [5000, 10000, 20000, 30000];
const POLLED_MS = 10 * 60 * 1000;

export class Readiness {
  // `ask()` gives the status, or throws; `tell(status)` hears every one.
  constructor(ask, tell) {
    this.ask = ask;
    this.tell = tell;
    this.timer = 0;
  }

  async check() {
    try {
      this.tell(await this.ask());
    } catch {
      // Not knowing how it is changes nothing.
    }
  }

  watch() {
    if (!this.timer) {
      this.until = Date.now() + POLLED_MS;
      this.again(0);
    }
  }

  again(count) {
    const pause = ASKING_POLLS_MS[Math.min(count, ASKING_POLLS_MS.length - 1)];
    this.timer = setTimeout(async () => {
      const mine = this.timer;
      await this.check();
      if (this.timer === mine && Date.now() < this.until) {
        this.again(count + 1);
      }
    }, pause);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = 0;
  }
}
