// Buttons and dragging for a list of pages. Without this script the numbers alone do the same.
const form = document.getElementById("arrange");
const list = form.querySelector(".sheets");

const sheets = () => [...list.children];
const place = (sheet) => sheet.querySelector("input");
const turn = (sheet) => sheet.querySelector("select");

function renumber() {
  sheets().forEach((sheet, index) => { place(sheet).value = index + 1; });
}

function move(sheet, by) {
  const at = sheets().indexOf(sheet) + by;
  if (at < 0 || at >= list.children.length) return;
  list.insertBefore(sheet, by < 0 ? list.children[at] : list.children[at].nextSibling);
  renumber();
}

function settle(sheet) {
  const wanted = Math.min(Math.max(Number(place(sheet).value) || 1, 1), list.children.length);
  const others = sheets().filter((one) => one !== sheet);
  list.insertBefore(sheet, others[wanted - 1] || null);
  renumber();
}

function show(sheet) {
  sheet.querySelector(".sheet-picture").dataset.turned = turn(sheet).value;
}

function button(sheet, sign, label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-plain";
  made.textContent = sign;
  made.setAttribute("aria-label", `${label} · ${sheet.querySelector("img").alt}`);
  made.title = label;
  made.addEventListener("click", () => { action(); made.focus(); });
  sheet.querySelector(".sheet-buttons").append(made);
}

let held = null;
function equip(sheet) {
  button(sheet, "←", form.dataset.earlier, () => move(sheet, -1));
  button(sheet, "⟳", form.dataset.turnLabel, () => {
    turn(sheet).value = String((Number(turn(sheet).value) + 90) % 360);
    show(sheet);
  });
  button(sheet, "→", form.dataset.later, () => move(sheet, 1));
  place(sheet).addEventListener("change", () => settle(sheet));
  turn(sheet).addEventListener("change", () => show(sheet));
  sheet.draggable = true;
  sheet.addEventListener("dragstart", () => { held = sheet; });
  sheet.addEventListener("dragover", (event) => event.preventDefault());
  sheet.addEventListener("drop", (event) => {
    event.preventDefault();
    if (held && held !== sheet) move(held, sheets().indexOf(sheet) - sheets().indexOf(held));
    held = null;
  });
}

sheets().forEach(equip);
