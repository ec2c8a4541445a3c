// The text field: Enter sends, Shift and Enter make a new line, the field grows with what is typed.

export class Composer {
  constructor({ root, texts }, onSay, onTyping) {
    this.texts = texts;
    this.onSay = onSay;
    this.field = root.getElementById("tekst");
    this.wrong = root.getElementById("tekst-fout");
    root.getElementById("vraag").addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.grow());
    this.field.addEventListener("input", onTyping);
  }

  submit(event) {
    event.preventDefault();
    const words = this.field.value.trim();
    this.complain(words ? "" : this.texts.empty);
    if (!words) {
      this.focus();
    } else {
      this.field.value = "";
      this.grow();
      this.onSay(words);
    }
  }

  key(event) {
    // While a word is being composed, Enter belongs to the keyboard.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      this.submit(event);
    }
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 4}px`;
  }

  complain(words) {
    this.wrong.textContent = words;
    this.wrong.hidden = !words;
    this.field.setAttribute("aria-invalid", words ? "true" : "false");
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }
}
