// The drop zone: shows what is being sent, lets it be paused, and hands the accession over when all is there.
import { dropped, chosen } from "./files.js";
import { Queue } from "./queue.js";
import { send, sendJson } from "../site/js/send.js";

const ROWS = 12;
const zone = document.getElementById("drop-zone");
const form = document.getElementById("accession-form");
const panel = document.getElementById("upload-panel");
const say = panel.dataset;
let filesUrl = zone.dataset.filesUrl;
let closeUrl = zone.dataset.closeUrl;
let queue = null;

zone.addEventListener("dragover", (event) => {
  event.preventDefault();
  zone.classList.add("over");
});
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", async (event) => {
  event.preventDefault();
  zone.classList.remove("over");
  take(await dropped(event.dataTransfer));
});
for (const input of zone.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => take(chosen(input.files)));
}
for (const button of zone.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).click());
}
document.getElementById("upload-pause").addEventListener("click", () => queue.pause());
document.getElementById("upload-continue").addEventListener("click", start);
document.getElementById("upload-finish").addEventListener("click", finish);

async function take(files) {
  if (!files.length) return;
  if (!filesUrl && !(await open())) return;
  if (!queue) queue = new Queue(filesUrl, show);
  queue.add(files);
  panel.hidden = false;
  zone.classList.add("compact");
  start();
}

// The accession exists from the first file on, so that an interrupted upload can be continued on its page.
async function open() {
  if (!form.reportValidity()) return false;
  try {
    const answer = await send(form.action, { body: new FormData(form) });
    filesUrl = answer.files_url;
    closeUrl = answer.close_url;
    window.history.replaceState(null, "", answer.url);
    for (const control of form.elements) control.disabled = true;
    return true;
  } catch (problem) {
    status(problem.message);
    panel.hidden = false;
    return false;
  }
}

let isRunning = false;

async function start() {
  queue.isPaused = false;
  if (isRunning) return;
  isRunning = true;
  const isComplete = await queue.run();
  isRunning = false;
  if (isComplete && !queue.failed().length) await finish();
}

async function finish() {
  const answer = await sendJson(closeUrl, {});
  window.location.assign(answer.url);
}

let isDrawing = false;

function show() {
  if (isDrawing) return;
  isDrawing = true;
  window.requestAnimationFrame(() => {
    isDrawing = false;
    draw();
  });
}

function draw() {
  const sent = queue.entries.filter((entry) => entry.state === "sent").length;
  const bar = document.getElementById("upload-bar");
  bar.max = queue.totalBytes || 1;
  bar.value = queue.sentBytes;
  const held = queue.entries.find((entry) => entry.state === "waiting" && entry.message);
  status(fill(queue.isPaused ? (held ? say.held : say.paused) : say.sending, sent, queue.entries.length));
  document.getElementById("upload-pause").hidden = queue.isPaused || queue.isFinished();
  document.getElementById("upload-continue").hidden = !queue.isPaused;
  document.getElementById("upload-finish").hidden = !(queue.isFinished() && queue.failed().length);
  drawRows();
}

function status(text) {
  document.getElementById("upload-status").textContent = text;
}

function fill(text, done, total) {
  return text.replace("{done}", done).replace("{total}", total);
}

// Thousands of files are counted, not drawn: what is refused comes first, then what is under way.
function drawRows() {
  const rank = { refused: 0, sending: 1, waiting: 2, sent: 3 };
  const shown = queue.entries
    .slice()
    .sort((a, b) => rank[a.state] - rank[b.state])
    .slice(0, ROWS);
  document.getElementById("upload-rows").replaceChildren(...shown.map(row));
  const rest = queue.entries.length - shown.length;
  const more = document.getElementById("upload-more");
  more.hidden = rest === 0;
  more.textContent = say.more.replace("{n}", rest);
}

function row(entry) {
  const line = document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
  line.classList.add(entry.state);
  line.querySelector(".name").textContent = entry.path;
  line.querySelector(".outcome").textContent = entry.message || say[`state${entry.state}`] || "";
  const bar = line.querySelector("progress");
  bar.max = entry.file.size || 1;
  bar.value = entry.state === "sent" ? bar.max : entry.sent;
  bar.setAttribute("aria-label", entry.path);
  return line;
}

window.addEventListener("beforeunload", (event) => {
  if (isRunning) event.preventDefault();
});
