// A record read by a loan: when its time is over, or an archivist ends it, nothing of it stays on the screen.
const note = document.getElementById("lent-note");
const EVERY = 5000;

async function look() {
  const response = await fetch(note.dataset.left, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  if (response === null) return; // without a network nothing new is shown either; the clock below still ends it
  const told = response.ok && !response.redirected ? await response.json() : { is_open: false };
  if (!told.is_open) close();
}

function close() {
  clearInterval(looking);
  const over = document.getElementById("lent-over").content.cloneNode(true);
  const main = document.getElementById("main");
  main.replaceChildren(over);
  main.querySelector("[role=alert]").focus();
  document.title = main.querySelector("h2").textContent;
}

const looking = setInterval(look, EVERY);
// A timer counts no further than 24 days; a loan that lasts longer is asked after all the same.
const remaining = new Date(note.dataset.until) - Date.now();
if (remaining < 2 ** 31) setTimeout(close, Math.max(0, remaining));
// Whoever comes back to the page finds it as it is now, not as the browser remembers it.
window.addEventListener("pageshow", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
