// Says in good time that the sign-in runs out, and keeps it with one press. Other open pages of the desk count too.

const CHECK_MS = 10_000;
// The server may have noted the last step a minute earlier than this page did; so two minutes are left.
const WARN_MS = 180_000;
const LAST_MS = 600_000;
const KEPT_BY = "/team/mijn-account";

const opened = Date.now();
const others = typeof BroadcastChannel === "function" ? new BroadcastChannel("rits-team") : null;
const byId = (id) => document.getElementById(id);
let seen = opened;
let shown = "";
let before = null;

// Also after the page was drawn again: the place is new then.
function show(what) {
  const place = byId("sessie");
  if (what === shown && place.hidden === !what) {
    return;
  }
  shown = what;
  place.hidden = !what;
  byId("sessie-tekst").textContent = what ? place.dataset[what] : "";
  byId("sessie-blijf").hidden = what !== "ends";
}

function check() {
  const { idle, longest } = byId("sessie").dataset;
  const untilIdle = seen + idle * 1000 - Date.now();
  const untilLast = opened + longest * 1000 - Date.now();
  if (untilIdle <= 0 || untilLast <= 0) {
    show("gone");
  } else if (untilIdle <= WARN_MS) {
    show("ends");
  } else if (untilLast <= LAST_MS) {
    show("last");
  } else if (shown !== "stays") {
    show("");
  }
}

function note() {
  seen = Date.now();
  check();
}

async function keep() {
  const answer = await fetch(KEPT_BY, { cache: "no-store" }).catch(() => null);
  if (!answer) {
    return; // no line: the button stays
  }
  const where = before?.isConnected ? before : byId("inhoud").querySelector("h1");
  where.tabIndex = where === before ? where.tabIndex : -1;
  if (answer.ok) {
    seen = Date.now();
    others?.postMessage("seen");
  }
  show(answer.ok ? "stays" : "gone");
  where.focus();
}

document.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (target.id === "sessie-blijf") {
    before = relatedTarget;
  }
});
document.addEventListener("click", ({ target }) => target.id === "sessie-blijf" && keep());
document.addEventListener("visibilitychange", check);
document.addEventListener("rits-seen", () => {
  note();
  others?.postMessage("seen");
});
if (others) {
  others.onmessage = note;
  others.postMessage("seen");
}
setInterval(check, CHECK_MS);
