// When the next attempt may be: at once, after a pause that grows while the line is broken, or when the server said.

const PAUSES_MS = [1000, 2000, 4000, 8000, 15000];
const BUSY_MS = 5000;

export class Pace {
  // `onTime` when a pause is over.
  constructor(onTime) {
    this.onTime = onTime;
    this.reset();
  }

  // A whole reply came through.
  reset() {
    this.failures = 0;
    this.through();
  }

  // The server has a message; the line may still break before the reply is here.
  through() {
    this.isBroken = false;
    this.now();
  }

  now() {
    this.words = null;
    this.isHeld = false;
    this.wait(0);
  }

  // Several messages may notice the same break: it counts once.
  broke() {
    this.isBroken = true;
    if (!this.isPaused) {
      this.wait(PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)]);
      this.failures += 1;
    }
  }

  // The server is there and asks for patience. Danger passes: what is typed from here on is tried once.
  hold(seconds, words) {
    this.now();
    Object.assign(this, { isHeld: true, words });
    this.wait(seconds * 1000 || BUSY_MS);
  }

  get isPaused() {
    return Date.now() < this.until;
  }

  wait(ms) {
    clearTimeout(this.timer);
    this.until = Date.now() + ms;
    if (ms) {
      this.timer = setTimeout(() => {
        this.until = 0;
        this.isHeld = false;
        this.onTime();
      }, ms);
    }
  }
}
