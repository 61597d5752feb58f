// Rows dragged, moved by buttons or by Alt+↑/↓ on the place. Without this script the numbers alone do the same.
const form = document.getElementById("volume-order");
const body = form.querySelector("tbody");
const said = document.getElementById("order-said");

const rows = () => [...body.querySelectorAll("[data-row]")];
const place = (row) => row.querySelector(".place-input");

function renumber() {
  rows().forEach((row, index) => { place(row).value = index + 1; });
}

function put(row, at) {
  const others = rows().filter((one) => one !== row);
  const wanted = Math.min(Math.max(at, 0), others.length);
  body.insertBefore(row, others[wanted] || null);
  renumber();
  said.textContent = `${form.dataset.moved} ${wanted + 1}`;
}

function shift(row, by) {
  put(row, rows().indexOf(row) + by);
}

function button(row, sign, label, by) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-plain";
  made.textContent = sign;
  made.title = label;
  made.setAttribute("aria-label", `${label} · ${row.querySelector("th").textContent.trim()}`);
  made.addEventListener("click", () => { shift(row, by); made.focus(); });
  row.querySelector(".place-cell").append(made);
}

let held = null;
function equip(row) {
  button(row, "↑", form.dataset.earlier, -1);
  button(row, "↓", form.dataset.later, 1);
  place(row).addEventListener("change", () => put(row, (Number(place(row).value) || 1) - 1));
  place(row).addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    shift(row, event.key === "ArrowUp" ? -1 : 1);
    place(row).focus();
  });
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    held = row;
    row.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  row.addEventListener("dragend", () => { row.classList.remove("dragged"); held = null; });
  row.addEventListener("dragover", (event) => { if (held) event.preventDefault(); });
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    if (held && held !== row) put(held, rows().indexOf(row));
  });
}

rows().forEach(equip);
