// Through the results by keyboard: j and k from hit to hit, Enter opens, left and right turn the page of the list.
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

const keys = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  ArrowLeft: () => turn("prev"),
  ArrowRight: () => turn("next"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, summary")) return;
  const action = keys[event.key];
  if (!action || (event.key.startsWith("Arrow") && !hits.length)) return;
  event.preventDefault();
  action();
});
