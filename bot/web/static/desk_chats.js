// The list of chats at the desk keeps itself new. Without this script the page has a link to do so.

const PAUSE_MS = 5000;
const list = document.getElementById("chats");
const status = document.getElementById("chats-nieuws");
const title = document.title;
let mark = "";

for (const link of document.querySelectorAll(".no-script")) {
  link.remove();
}

async function look() {
  const headers = mark ? { "If-None-Match": mark } : {};
  const response = await fetch(list.dataset.news, { headers, cache: "no-store" });
  if (response.status === 401 || response.redirected) {
    location.reload(); // signed out
  } else if (response.status === 200) {
    const isFirst = !mark;
    mark = response.headers.get("ETag") ?? "";
    show(await response.json(), isFirst);
  }
}

function show({ part, count, danger }, isFirst) {
  document.title = count ? `(${count}) ${title}` : title;
  if (isFirst && !danger && !count) {
    return;
  }
  replace(part);
  const waiting = count === 1 ? list.dataset.waitingOne : list.dataset.waiting.replace("{count}", count);
  status.textContent = [danger ? list.dataset.danger : "", count ? waiting : ""].filter(Boolean).join(" ");
}

// The list that was drawn by the server; whoever was on a link or button of it stays there.
function replace(part) {
  const here = document.activeElement;
  const where = list.contains(here) ? (here.getAttribute("href") ?? here.form?.getAttribute("action")) : null;
  list.replaceChildren(...new DOMParser().parseFromString(part, "text/html").body.childNodes);
  if (where) {
    list.querySelector(`[href="${where}"], [action="${where}"] button`)?.focus();
  }
}

async function keepLooking() {
  try {
    await look();
  } catch {
    // A bad line: the next round may succeed.
  }
  setTimeout(keepLooking, PAUSE_MS);
}

keepLooking();
