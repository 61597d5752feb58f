// Through the results by keyboard: j and k from hit to hit, Enter opens, left and right turn the page of the list,
// x chooses; with Shift a click or x chooses everything since the last one.
const hits = Array.from(document.querySelectorAll("[data-hit]"));

function step(by) {
  const here = hits.indexOf(document.activeElement);
  const next = hits[Math.min(Math.max(here + by, 0), hits.length - 1)];
  if (!next) return;
  next.focus();
  next.closest(".hit").scrollIntoView({ block: "nearest" });
}

function turn(direction) {
  const link = document.querySelector(`.pager [rel="${direction}"]`);
  if (link) link.click();
}

const picks = Array.from(document.querySelectorAll("[data-pick]"));
const all = document.querySelector("[data-pick-all]");
let last = null;

function choose(pick, isChosen, isRange) {
  const [from, to] = [picks.indexOf(isRange && last ? last : pick), picks.indexOf(pick)].sort((a, b) => a - b);
  picks.slice(from, to + 1).forEach((one) => { one.checked = isChosen; });
  last = pick;
  tell();
}

function tell() {
  const count = picks.filter((one) => one.checked).length;
  document.querySelector("[data-picked-count]").textContent = count;
  document.querySelectorAll("[data-needs-picked]").forEach((button) => { button.disabled = count === 0; });
  all.checked = count === picks.length;
  all.indeterminate = count > 0 && count < picks.length;
}

function toggle(isRange) {
  const hit = document.activeElement.closest(".hit");
  const pick = hit && hit.querySelector("[data-pick]");
  if (pick) choose(pick, !pick.checked, isRange);
}

if (all) {
  picks.forEach((pick) => pick.addEventListener("click", (event) => choose(pick, pick.checked, event.shiftKey)));
  all.addEventListener("click", () => {
    picks.forEach((one) => { one.checked = all.checked; });
    tell();
  });
  window.addEventListener("pageshow", tell);
  tell();
}

const keys = {
  x: () => toggle(false),
  X: () => toggle(true),
  "?": () => document.querySelector("[data-keys-help]").click(),
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  ArrowLeft: () => turn("prev"),
  ArrowRight: () => turn("next"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, summary, .modal")) return;
  const action = keys[event.key];
  if (!action || (event.key.startsWith("Arrow") && !hits.length)) return;
  event.preventDefault();
  action();
});
