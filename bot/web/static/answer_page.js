// What the page of one answer can do more with a script: copy its link, print it, and tell whether it helped.
// Without a script these stay hidden; nothing here is needed to read or to get help.

const FEEDBACK = "/api/feedback";

class Tools {
  constructor(box) {
    this.box = box;
    this.status = box.querySelector("[role=status]");
    box.querySelector("[data-does=copy]").addEventListener("click", () => this.copy());
    box.querySelector("[data-does=print]").addEventListener("click", () => this.print());
    box.hidden = false;
  }

  async copy() {
    const link = new URL(this.box.dataset.link, location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      this.say(this.box.dataset.copied);
    } catch {
      this.show(link);
    }
  }

  // Where copying is not allowed: the link itself, selected, to copy by hand.
  show(link) {
    const words = this.box.dataset.notCopied;
    this.say(words);
    const field = document.createElement("input");
    field.readOnly = true;
    field.value = link;
    field.setAttribute("aria-label", words);
    this.box.querySelector("input")?.remove();
    this.box.append(field);
    field.select();
  }

  say(words) {
    this.status.textContent = ""; // so that the same words are announced a second time
    setTimeout(() => (this.status.textContent = words), 50);
  }

  print() {
    // On paper nobody can unfold the sources.
    document.querySelectorAll("details").forEach((part) => (part.open = true));
    window.print();
  }
}

class Thumbs {
  constructor(box) {
    this.box = box;
    box.addEventListener("click", (event) => this.judge(event.target.dataset.verdict));
    box.hidden = false;
  }

  judge(verdict) {
    if (!verdict) {
      return;
    }
    const { topic, gemeente, audience, thanks } = this.box.dataset;
    // The same words when it does not arrive: nobody has to worry about our numbers.
    send({ topic, verdict, gemeente: gemeente || null, audience: audience || null });
    const said = document.createElement("p");
    said.tabIndex = -1;
    said.textContent = thanks;
    this.box.replaceChildren(said);
    this.box.removeAttribute("aria-labelledby");
    said.focus({ preventScroll: true });
  }
}

async function send(given) {
  try {
    await fetch(FEEDBACK, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
      credentials: "omit",
      keepalive: true, // also when the page is left at once
    });
  } catch {
    // Nothing to do: it was thanked for already.
  }
}

const tools = document.getElementById("antwoord-knoppen");
const thumbs = document.getElementById("duimpjes");
if (tools) new Tools(tools);
if (thumbs) new Thumbs(thumbs);
