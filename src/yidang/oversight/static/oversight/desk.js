// The desk without a mouse: j and k walk the list, y, n and p say the word, u takes the last one back.
const rows = [...document.querySelectorAll("[data-desk-list] tbody tr")];
const form = document.getElementById("verdict");
const answers = { y: "confirm", n: "refuse", p: "papers" };
let at = -1;

function isTyping(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])") !== null;
}

function walk(by) {
  if (!rows.length) return;
  if (at >= 0) rows[at].classList.remove("in-hand");
  at = Math.min(rows.length - 1, Math.max(0, at + by));
  rows[at].classList.add("in-hand");
  rows[at].querySelector("a").focus();
}

// The letter chooses the word and its first reason; arrows choose another reason, Enter says it.
function say(answer) {
  for (const part of form.querySelectorAll(".verdict")) part.classList.toggle("in-hand", part.dataset.answer === answer);
  const first = form.querySelector(`[data-of="${answer}"]`);
  first.checked = true;
  first.focus();
}

function submit() {
  const chosen = form.querySelector("[name=reason]:checked");
  if (chosen) form.requestSubmit(form.querySelector(`button[value="${chosen.dataset.of}"]`));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
  else if (form && answers[event.key]) say(answers[event.key]);
  else if (form && event.key === "Enter" && event.target.name === "reason") submit();
  else if (event.key === "u" && document.getElementById("undo")) document.getElementById("undo").requestSubmit();
  else return;
  event.preventDefault();
});
