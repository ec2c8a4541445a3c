// What the chat begins with by itself: the route finder for a professional, the planner for a youth, or one answer.
// The first two quietly: when it fails there is only the ordinary welcome, and the person can just type.

import { randomId } from "./memory.js";

const OPENINGS = { professional: '/short_form{"form": "route"}', jongere: '/short_form{"form": "planner"}' };

export class Opening {
  constructor(chat) {
    this.chat = chat;
    this.isWanted = true;
  }

  begin() {
    const { memory, begin, about, line } = this.chat;
    const payload = OPENINGS[about.audience];
    if (begin && memory.state.begun !== begin) {
      memory.keep({ begun: begin, opened: true });
      line.send(this.turn(`/vraag{"topic": "${begin}"}`));
    } else if (payload && !memory.state.opened && !memory.entries.length) {
      memory.keep({ opened: true });
      this.ask(this.turn(payload));
    }
  }

  turn(payload) {
    return { id: randomId(), conversation: this.chat.memory.conversation, payload };
  }

  async ask(turn) {
    const { line, about, memory } = this.chat;
    const body = await line.post("/api/turn", { ...turn, ...about }).catch(() => null);
    const isAnswer = body?.messages?.length > 0 && !body.degraded;
    if (isAnswer && this.isWanted) {
      this.chat.replies.begun(turn, body);
    } else if (!isAnswer) {
      memory.keep({ opened: false });
    }
  }

  // Somebody said something first: that goes before.
  forget() {
    this.isWanted = false;
  }
}
