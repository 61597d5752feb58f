// The confirm desk: the field in hand lights its place on the page, and the keyboard does everything.
const form = document.getElementById("confirm-form");
const stage = document.getElementById("page-stage");
const picture = document.getElementById("page-picture");
const box = document.getElementById("field-box");
const pages = Number(stage.dataset.pages);
let page = 0;

function fields() {
  return Array.from(form.querySelectorAll("[data-field]")).filter((field) => field.offsetParent !== null);
}

function show(number) {
  const wanted = Math.min(Math.max(1, number), pages);
  if (wanted === page) return;
  page = wanted;
  picture.src = stage.dataset.image.replace("/0.jpg", `/${page}.jpg`);
  picture.alt = stage.dataset.alt.replace("{n}", page);
  document.getElementById("desk-page").textContent = page;
  for (const button of document.querySelectorAll("[data-page]")) {
    if (Number(button.dataset.page) === page) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  const active = document.activeElement && document.activeElement.closest("[data-field]");
  light(active);
}

function light(field) {
  const place = field && field.dataset.box;
  box.hidden = !place || Number(field.dataset.sourcePage) !== page;
  if (box.hidden) return;
  const [x0, y0, x1, y1] = place.split(",").map(Number);
  box.style.left = `${(x0 - 0.008) * 100}%`;
  box.style.top = `${(y0 - 0.005) * 100}%`;
  box.style.width = `${(x1 - x0 + 0.016) * 100}%`;
  box.style.height = `${(y1 - y0 + 0.01) * 100}%`;
  bringIntoView();
}

function bringIntoView() {
  const frame = stage.getBoundingClientRect();
  const lit = box.getBoundingClientRect();
  stage.scrollBy({
    left: lit.left + lit.width / 2 - (frame.left + frame.width / 2),
    top: lit.top + lit.height / 2 - (frame.top + frame.height / 2),
    behavior: "smooth",
  });
}

form.addEventListener("focusin", (event) => {
  const field = event.target.closest("[data-field]");
  if (!field) return;
  if (field.dataset.sourcePage) show(Number(field.dataset.sourcePage));
  light(field);
});

picture.addEventListener("load", () => light(document.activeElement && document.activeElement.closest("[data-field]")));

function step(by) {
  const all = fields();
  const here = all.indexOf(document.activeElement);
  const next = all[(here + by + all.length) % all.length];
  next.focus();
  if (next.select) next.select();
}

function zoom(factor) {
  const now = Number(stage.dataset.zoom || 1);
  const next = Math.min(4, Math.max(1, now * factor));
  stage.dataset.zoom = next;
  document.getElementById("page-sheet").style.width = `${next * 100}%`;
  light(document.activeElement && document.activeElement.closest("[data-field]"));
}

// Back to the field in hand when the help is closed.
function help() {
  const dialog = document.getElementById("desk-help");
  const inHand = document.activeElement;
  dialog.addEventListener("hidden.bs.modal", () => inHand.focus(), { once: true });
  window.bootstrap.Modal.getOrCreateInstance(dialog).show();
}

const withAlt = {
  ArrowLeft: () => show(page - 1),
  ArrowRight: () => show(page + 1),
  ArrowUp: () => zoom(1.25),
  ArrowDown: () => zoom(0.8),
  KeyK: () => document.getElementById("desk-skip").click(),
  KeyS: () => clickIfThere("desk-split"),
  KeyJ: () => clickIfThere("desk-join"),
  Slash: help,
};

function clickIfThere(id) {
  const button = document.getElementById(id);
  if (button) button.click();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter belongs to the Chinese input method until the word is chosen
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit(document.getElementById("desk-confirm"));
    return;
  }
  if (event.altKey && withAlt[event.code]) {
    event.preventDefault();
    withAlt[event.code]();
    return;
  }
  const field = event.target.closest("[data-field]");
  if (!field && event.key === "?") help();
  if (field && event.key === "Enter" && !event.altKey) {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }
});

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-page]");
  if (chosen) show(Number(chosen.dataset.page));
  const zoomer = event.target.closest("[data-zoom-by]");
  if (zoomer) zoom(Number(zoomer.dataset.zoomBy));
});

const first = form.querySelector("[data-first]") || fields()[0];
show(first && first.dataset.sourcePage ? Number(first.dataset.sourcePage) : 1);
if (first) first.focus();
