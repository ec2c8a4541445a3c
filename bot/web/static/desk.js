// Keeps an open page of the desk new. Never takes the focus away, and never touches what somebody is typing.
const PAUSE = 10_000;

const queue = document.getElementById("wachtrij");
const handover = document.getElementById("bericht");
if (queue) watch(queue, showQueue, queueStopped);
if (handover) watch(handover, showChanged, handoverStopped);
if (queue) document.getElementById("vers").textContent = document.getElementById("vers").dataset.live;
for (const button of document.querySelectorAll("[data-copy]")) offerCopy(button);
for (const button of document.querySelectorAll("[data-print]")) offerPrint(button);
for (const form of document.querySelectorAll("form[method=post]")) sendOnce(form);

function watch(region, show, stopped) {
  let mark = "";
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch(region.dataset.news, { headers: mark ? { "If-None-Match": mark } : {} }).catch(() => null);
    // Away for a moment: the next time asks again.
    if (!answer || answer.status === 304 || answer.status >= 500 || answer.status === 429) return;
    if (!answer.ok || !(answer.headers.get("content-type") || "").startsWith("application/json")) {
      clearInterval(timer);
      stopped(answer.status);
      return;
    }
    mark = answer.headers.get("etag") || "";
    show(region, await answer.json());
  };
  const timer = setInterval(ask, PAUSE);
  document.addEventListener("visibilitychange", ask);
}

function showQueue(region, news) {
  const focused = region.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const drawn = new DOMParser().parseFromString(news.part, "text/html");
  region.replaceChildren(...drawn.body.childNodes);
  if (focused) region.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  document.title = document.title.replace(/^(\(\d+\) )?/, news.count ? `(${news.count}) ` : "");
  // Minutes that pass are drawn, and not read aloud.
  if (region.dataset.say !== news.say) say(news.say);
  region.dataset.say = news.say;
}

function queueStopped() {
  const line = document.getElementById("vers");
  line.textContent = line.dataset.stopped;
  say(line.dataset.stopped);
}

function showChanged(region, news) {
  if (String(news.version) === region.dataset.version && news.wrote === region.dataset.wrote) return;
  const note = document.getElementById("veranderd");
  if (note.hidden) say(document.getElementById("gemeld").dataset.changed);
  note.hidden = false;
  note.querySelector("a").onclick = (event) => {
    event.preventDefault();
    void drawAgain(region.dataset.address);
  };
}

// As it is now, with everything that was typed put back.
async function drawAgain(address) {
  const typed = new Map([...document.querySelectorAll("main textarea:not([readonly]), main select")].map((field) => [field.id, field.value]));
  const open = [...document.querySelectorAll("main details")].map((part) => part.open);
  const answer = await fetch(address).catch(() => null);
  if (!answer || !answer.ok) {
    location.assign(address);
    return;
  }
  document.dispatchEvent(new Event("rits-seen"));
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("main").replaceWith(drawn.querySelector("main"));
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
  document.querySelectorAll("main details").forEach((part, place) => (part.open = open[place] ?? part.open));
  const heading = document.querySelector("main h1");
  heading.tabIndex = -1;
  heading.focus();
  for (const button of document.querySelectorAll("[data-copy]")) offerCopy(button);
  for (const button of document.querySelectorAll("[data-print]")) offerPrint(button);
  for (const form of document.querySelectorAll("form[method=post]")) sendOnce(form);
  Object.assign(handover.dataset, document.getElementById("bericht").dataset);
}

// 404: handed on or erased. Otherwise nobody is signed in any more.
function handoverStopped(status) {
  const { gone, stopped } = document.getElementById("gemeld").dataset;
  const text = status === 404 ? gone : stopped;
  say(text);
  const note = document.getElementById("veranderd");
  note.querySelector("p").textContent = text;
  note.querySelector("a").parentElement.hidden = true;
  note.hidden = false;
}

function say(text) {
  const line = document.getElementById("gemeld");
  line.textContent = "";
  setTimeout(() => (line.textContent = text), 50);
}

function offerCopy(button) {
  const words = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), 3000);
  });
}

function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A double click sends one form. Coming back with the browser's own button finds the form usable again.
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
}
