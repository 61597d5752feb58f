// Page beside description: the field in hand lights its place on the page, and the keyboard does everything.
const form = document.getElementById("compare-form");
const stage = document.getElementById("page-stage");
const picture = document.getElementById("page-picture");
const box = document.getElementById("field-box");
const pages = Number(stage.dataset.pages);
const RIGHT = ["1", "y", "Y"];
const WRONG = ["2", "n", "N"];
let page = 0;

function show(number) {
  const wanted = Math.min(Math.max(1, number), pages);
  if (!pages || wanted === page) return;
  page = wanted;
  picture.src = stage.dataset.image.replace("/0.jpg", `/${page}.jpg`);
  picture.alt = stage.dataset.alt.replace("{n}", page);
  document.getElementById("desk-page").textContent = page;
  for (const button of document.querySelectorAll("[data-page]")) {
    if (Number(button.dataset.page) === page) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
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
  const frame = stage.getBoundingClientRect();
  const lit = box.getBoundingClientRect();
  stage.scrollBy({ top: lit.top + lit.height / 2 - (frame.top + frame.height / 2), behavior: "smooth" });
}

function inHand() {
  return document.activeElement && document.activeElement.closest("[data-field]");
}

function step(by) {
  const fields = Array.from(form.querySelectorAll("[data-field]"));
  const next = fields[fields.indexOf(inHand()) + by];
  if (!next) return form.querySelector("button[type=submit]").focus();
  (next.querySelector("input:checked") || next.querySelector("input")).focus();
}

function answer(value) {
  const field = inHand();
  const choice = field && field.querySelector(`input[value="${value}"]`);
  if (!choice) return;
  choice.checked = true;
  mark(field);
  if (value === "right") step(1);
  else field.querySelector(".compare-note").focus();
}

function mark(field) {
  const wrong = field.querySelector('input[value="wrong"], input[name="left_out"]');
  field.classList.toggle("is-wrong", Boolean(wrong && wrong.checked));
}

form.addEventListener("focusin", (event) => {
  const field = event.target.closest("[data-field]");
  if (!field) return;
  if (field.dataset.sourcePage) show(Number(field.dataset.sourcePage));
  light(field);
});
form.addEventListener("change", (event) => mark(event.target.closest("[data-field]")));
picture.addEventListener("load", () => light(inHand()));

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const isTyping = event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea");
  if (event.key === "Enter" && isTyping && inHand()) {
    event.preventDefault();
    step(1);
  }
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (RIGHT.includes(event.key)) {
    event.preventDefault();
    answer("right");
  } else if (WRONG.includes(event.key)) {
    event.preventDefault();
    answer("wrong");
  }
});

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-page]");
  if (chip) show(Number(chip.dataset.page));
  const zoom = event.target.closest("[data-zoom-by]");
  if (!zoom) return;
  const sheet = document.getElementById("page-sheet");
  const now = Number(sheet.dataset.zoom || 1);
  const next = Math.min(4, Math.max(0.5, now * Number(zoom.dataset.zoomBy)));
  sheet.dataset.zoom = next;
  sheet.style.width = `${next * 100}%`;
});

for (const field of form.querySelectorAll("[data-field]")) mark(field);
show(1);
const first = form.querySelector("[data-field] input");
if (first) first.focus();
