// What every page can do: reach the search with "/", choose a theme, close a notice, see an error first.
const YEAR = 365 * 24 * 3600;

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const search = document.getElementById("page-search") || document.getElementById("global-search");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

function markTheme() {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    const isChosen = button.dataset.themeChoice === document.documentElement.dataset.theme;
    button.setAttribute("aria-pressed", String(isChosen));
    button.classList.toggle("active", isChosen);
  }
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-theme-choice]");
  if (choice) {
    document.documentElement.dataset.theme = choice.dataset.themeChoice;
    document.cookie = `theme=${choice.dataset.themeChoice}; path=/; max-age=${YEAR}; samesite=lax`;
    document.dispatchEvent(new Event("theme-chosen"));
    markTheme();
    return;
  }
  const closer = event.target.closest("[data-dismiss-notice]");
  if (closer) closer.closest(".notice").remove();
  const printer = event.target.closest("[data-print]");
  if (printer) window.print();
  const copier = event.target.closest("[data-copy]");
  if (copier) copyText(copier);
});

async function copyText(button) {
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.innerText);
  button.classList.add("copied");
  window.setTimeout(() => button.classList.remove("copied"), 1500);
}

// Confirm dialogs the browser draws itself: no inline script, works with every form.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

// A server that answers with a notice has said enough; silence means the network is gone.
document.addEventListener("htmx:sendError", () => {
  const offline = document.getElementById("offline-notice");
  if (offline) offline.hidden = false;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const offline = document.getElementById("offline-notice");
  if (offline && event.detail.successful) offline.hidden = true;
});

markTheme();
const problem = document.querySelector("[data-takes-focus]");
if (problem) problem.focus();

// What was unmasked is covered again after its time.
document.addEventListener("htmx:load", (event) => {
  for (const shown of event.target.querySelectorAll ? [event.target, ...event.target.querySelectorAll("[data-shown-for]")] : []) {
    if (!shown.dataset || !shown.dataset.shownFor) continue;
    setTimeout(() => {
      shown.textContent = shown.dataset.after;
    }, Number(shown.dataset.shownFor) * 1000);
  }
});
