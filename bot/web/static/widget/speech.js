// Reads an answer aloud with a voice of this machine itself. A voice from the internet would send the answer away.

const READ_BLOCKS = "p, li, h3";

export class Speech {
  constructor() {
    this.synthesis = window.speechSynthesis ?? null;
    this.onEnd = null;
    this.synthesis?.addEventListener?.("voiceschanged", () => this.onVoices());
    addEventListener("pagehide", () => this.stop());
    this.waiting = [];
  }

  // Tells once there is a voice for these languages; some browsers find their voices late, some never.
  whenAble(languages, tell) {
    this.waiting.push({ languages, tell });
    this.onVoices();
  }

  onVoices() {
    const able = this.waiting.filter(({ languages }) => languages.every((language) => this.voice(language)));
    this.waiting = this.waiting.filter((one) => !able.includes(one));
    able.forEach(({ tell }) => tell());
  }

  voice(language) {
    const voices = this.synthesis?.getVoices?.() ?? [];
    return voices.find((voice) => voice.localService === true && voice.lang.slice(0, 2).toLowerCase() === language);
  }

  // One sentence block at a time, so that a long answer does not break off.
  read(bubbles, onEnd) {
    this.stop();
    const pieces = bubbles.flatMap((bubble) => piecesOf(bubble).map((words) => this.utterance(words, languageOf(bubble))));
    if (pieces.length) {
      this.onEnd = onEnd;
      pieces[pieces.length - 1].onend = () => this.ended();
      pieces.forEach((piece) => (piece.onerror = () => this.stop()));
      pieces.forEach((piece) => this.synthesis.speak(piece));
    }
  }

  utterance(words, language) {
    const made = new SpeechSynthesisUtterance(words);
    made.voice = this.voice(language);
    made.lang = made.voice.lang;
    return made;
  }

  stop() {
    if (this.onEnd) {
      this.ended();
      this.synthesis.cancel();
    }
  }

  ended() {
    const onEnd = this.onEnd;
    this.onEnd = null;
    onEnd?.();
  }
}

export function languageOf(bubble) {
  return (bubble.lang || "nl").slice(0, 2).toLowerCase();
}

// A telephone number is read one figure at a time.
function piecesOf(bubble) {
  const text = bubble.querySelector(".text").cloneNode(true);
  for (const number of text.querySelectorAll("a[href^='tel:']")) {
    number.textContent = number.textContent.replace(/\D/g, "").split("").join(" ");
  }
  return [...text.querySelectorAll(READ_BLOCKS)].map((block) => block.textContent.trim()).filter(Boolean);
}
