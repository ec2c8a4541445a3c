// The custom element <rits-chat>: a shadow root with the chat in it, as a button with a panel or as part of our own page.

import { Chat } from "./chat.js";
import { dress } from "./dress.js";
import { Memory } from "./memory.js";
import { Panel } from "./panel.js";
import { skeleton } from "./skeleton.js";
import { textSizeControl } from "./text_size.js";
import { textsFor } from "./words.js";

const AUDIENCES = ["ouder", "jongere", "professional"];
const SLUG = /^[a-z0-9_-]{1,80}$/;
// What somebody types and presses here is not for the page around it: no shortcuts, no measuring.
const OURS = ["keydown", "keyup", "keypress", "beforeinput", "input", "change", "copy", "cut", "paste"];

export class RitsChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) {
      return; // moved to another place of the page
    }
    this.attachShadow({ mode: "open" });
    this.lang = "nl";
    OURS.forEach((type) => this.addEventListener(type, (event) => event.stopPropagation()));
    try {
      dress(this.shadowRoot, RitsChat.given, this.wanted.thema);
      this.memory = new Memory();
      this.build(known(this.wanted.publiek, AUDIENCES) ?? known(this.memory.state.audience, AUDIENCES));
    } catch (error) {
      // What the page shows without a script is better than nothing.
      this.shadowRoot.replaceChildren(document.createElement("slot"));
      throw error;
    }
  }

  get wanted() {
    return { ...RitsChat.given.options, ...this.dataset };
  }

  build(audience) {
    const { data, origin } = RitsChat.given;
    const { gemeente, begin, weergave, plaats = "" } = this.wanted;
    const about = { gemeente: slug(gemeente), audience };
    const given = {
      texts: textsFor(data, audience),
      lines: data.lines,
      languages: data.languages,
      // Only our own page has the numbers and "Snel weg" around it.
      isPage: weergave === "pagina" && origin === location.origin,
      place: plaats,
      exit: data.exit,
      begin: slug(begin),
      memory: this.memory,
      root: this.shadowRoot,
      origin,
      about,
      address: (path, others) => addressOf(origin, path, { gemeente: about.gemeente, publiek: audience, ...others }),
    };
    this.shadowRoot.replaceChildren(...links(this.shadowRoot), skeleton(given, (chosen) => this.chosen(chosen)));
    this.shadowRoot.querySelector(".size-place").replaceWith(textSizeControl(given));
    const chat = new Chat(given);
    if (given.isPage) {
      chat.start();
      chat.opened();
    } else {
      this.panel = new Panel(given, chat, this);
    }
  }

  // For whom it is was not said by the page, and is now by the person.
  chosen(audience) {
    this.memory.keep({ audience });
    this.build(audience);
    this.panel?.open();
  }
}

// The sheets of a browser that only knows <link> stay.
function links(root) {
  return root.querySelectorAll("link");
}

function known(value, values) {
  return values.includes(value) ? value : null;
}

function slug(value) {
  return value && SLUG.test(value) ? value : null;
}

function addressOf(origin, path, values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return (origin === location.origin ? "" : origin) + (`${query}` ? `${path}?${query}` : path);
}
