// The reader: one page at a time on OpenSeadragon, its text as a selectable layer, the searched words lit.
import { layer } from "./layer.js";

const stage = document.getElementById("viewer");
const data = stage.dataset;
const count = Number(data.count);

// The library would add a style sheet to the page, which our policy refuses; it does not when it finds its mark.
const mark = document.createElementNS("urn:yidang", "style");
mark.setAttribute("data-openseadragon-mobile-css", "true");
document.head.append(mark);

const viewer = window.OpenSeadragon({
  element: stage,
  prefixUrl: "",
  drawer: "canvas",
  showNavigationControl: false,
  showNavigator: false,
  animationTime: 0.4,
  maxZoomPixelRatio: 3,
  visibilityRatio: 0.6,
  gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
  crossOriginPolicy: false,
  tabIndex: 0,
});

let page = 0;
let reading = null;
let isSelecting = false;
let isStamped = false;

function imageUrl(number) {
  return (isStamped ? data.stamped : data.image).replace("/0.jpg", `/${number}.jpg`);
}

// The filing stamp is drawn over the picture by the server; the page itself stays as it is.
function stamp() {
  if (!data.stamped) return;
  isStamped = !isStamped;
  press("stamp", isStamped);
  const here = page;
  page = 0;
  show(here);
}

async function show(number) {
  const wanted = Math.min(Math.max(1, number), count);
  if (wanted === page) return;
  page = wanted;
  reading = null;
  viewer.viewport && viewer.viewport.setRotation(0);
  setLoading(true);
  document.getElementById("page-failed").hidden = true;
  viewer.open({ type: "image", url: imageUrl(page), buildPyramid: false });
  markThumbnail();
  document.getElementById("page-number").value = page;
  window.history.replaceState(null, "", `#p${page}`);
  await read(page);
}

function setLoading(isLoading) {
  document.getElementById("page-loading").hidden = !isLoading;
}

async function read(number, asked) {
  const address = data.words.replace("/0.json", `/${number}.json`);
  const response = await fetch(address, Object.assign({ credentials: "same-origin" }, asked));
  if (!response.ok || number !== page) return false;
  reading = await response.json();
  drawLayer();
  drawText();
  tellUncovered(Boolean(asked));
  return true;
}

// Private words stay covered until somebody gives a reason, and are covered again after a minute.
const SHOWN_FOR = 60000;
let covering = 0;

function tellUncovered(isUncovered) {
  const told = document.getElementById("uncovered");
  if (told) told.hidden = !isUncovered;
  clearTimeout(covering);
  if (isUncovered) covering = setTimeout(() => read(page), SHOWN_FOR);
}

const uncover = document.getElementById("uncover-form");
if (uncover) {
  uncover.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(uncover));
    if (await read(page, { method: "POST", body })) {
      uncover.reset();
      document.getElementById("uncover").open = false;
    }
  });
}

// Both the picture and its reading must be there, in whichever order they come.
function drawLayer() {
  const image = viewer.world.getItemAt(0);
  if (!image || !reading) return;
  const size = image.getContentSize();
  viewer.clearOverlays();
  const drawing = layer(reading.lines, size.x, size.y);
  viewer.addOverlay({ element: drawing, location: new window.OpenSeadragon.Rect(0, 0, 1, size.y / size.x) });
}

viewer.addHandler("open", () => {
  setLoading(false);
  drawLayer();
});
viewer.addHandler("open-failed", () => {
  setLoading(false);
  document.getElementById("page-failed").hidden = false;
});

function drawText() {
  const list = document.getElementById("page-text");
  if (!list) return;
  list.replaceChildren(...reading.lines.map(textLine));
  document.getElementById("page-text-empty").hidden = reading.lines.length > 0;
}

function textLine(line, index) {
  const row = document.createElement("p");
  row.dataset.line = index;
  for (const [text, isMatch] of line.parts) {
    const piece = document.createElement(isMatch ? "mark" : "span");
    piece.textContent = text;
    row.append(piece);
  }
  return row;
}

function light(index) {
  for (const lit of stage.querySelectorAll(".line-box.lit")) lit.classList.remove("lit");
  const box = index === null ? null : stage.querySelector(`.line-box[data-line="${index}"]`);
  if (box) box.classList.add("lit");
}

function markThumbnail() {
  for (const thumbnail of document.querySelectorAll("[data-thumbnail]")) {
    const isCurrent = Number(thumbnail.dataset.thumbnail) === page;
    if (isCurrent) thumbnail.setAttribute("aria-current", "page");
    else thumbnail.removeAttribute("aria-current");
    if (isCurrent) keepInSight(thumbnail);
  }
}

// Moves the strip alone: scrolling into view would move the page on a phone.
function keepInSight(thumbnail) {
  const strip = thumbnail.parentElement;
  strip.scrollTop = thumbnail.offsetTop - strip.offsetTop - strip.clientHeight / 2 + thumbnail.clientHeight / 2;
  strip.scrollLeft = thumbnail.offsetLeft - strip.offsetLeft - strip.clientWidth / 2 + thumbnail.clientWidth / 2;
}

function select(isOn) {
  isSelecting = isOn;
  viewer.setMouseNavEnabled(!isOn);
  stage.classList.toggle("selecting", isOn);
  press("select", isOn);
}

function press(name, isOn) {
  document.querySelector(`[data-do="${name}"]`).setAttribute("aria-pressed", String(isOn));
}

const actions = {
  previous: () => show(page - 1),
  next: () => show(page + 1),
  first: () => show(1),
  last: () => show(count),
  zoomIn: () => viewer.viewport.zoomBy(1.4).applyConstraints(),
  zoomOut: () => viewer.viewport.zoomBy(1 / 1.4).applyConstraints(),
  fit: () => viewer.viewport.goHome(),
  rotate: () => viewer.viewport.setRotation((viewer.viewport.getRotation() + 90) % 360),
  select: () => select(!isSelecting),
  stamp,
  boxes: () => press("boxes", stage.classList.toggle("show-boxes")),
  full: () => (document.fullscreenElement ? document.exitFullscreen() : stage.closest(".reader-stage").requestFullscreen()),
  help: () => document.querySelector("[data-keys-help]").click(),
};

const keys = {
  ArrowLeft: "previous",
  PageUp: "previous",
  ArrowRight: "next",
  PageDown: "next",
  Home: "first",
  End: "last",
  "+": "zoomIn",
  "=": "zoomIn",
  "-": "zoomOut",
  0: "fit",
  r: "rotate",
  t: "select",
  b: "boxes",
  s: "stamp",
  f: "full",
  "?": "help",
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) actions[button.dataset.do]();
  const thumbnail = event.target.closest("[data-thumbnail]");
  if (!thumbnail) return;
  event.preventDefault();
  show(Number(thumbnail.dataset.thumbnail));
});

// In front of the viewer's own keys, which would pan where an archivist wants to turn the page.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [role=tab], .modal")) return;
    const action = actions[keys[event.key]];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  },
  true,
);

document.getElementById("page-number").addEventListener("change", (event) => show(Number(event.target.value) || page));

const text = document.getElementById("page-text");
text.addEventListener("mouseover", (event) => {
  const row = event.target.closest("[data-line]");
  light(row ? row.dataset.line : null);
});
text.addEventListener("mouseleave", () => light(null));

// A described field leads to the place on the page it was read from.
document.addEventListener("click", (event) => {
  const source = event.target.closest("[data-source-page]");
  if (source) leadTo(Number(source.dataset.sourcePage), source.dataset.sourceBox);
});

async function leadTo(number, box) {
  await show(number);
  if (!box) return;
  const [x0, y0, x1, y1] = box.split(",").map(Number);
  const mark = document.createElement("div");
  mark.className = "source-box";
  const image = viewer.world.getItemAt(0);
  if (!image) return;
  const ratio = image.getContentSize().y / image.getContentSize().x;
  const place = new window.OpenSeadragon.Rect(x0, y0 * ratio, x1 - x0, (y1 - y0) * ratio);
  for (const old of stage.querySelectorAll(".source-box")) viewer.removeOverlay(old);
  viewer.addOverlay({ element: mark, location: place });
}

const wanted = /^#p(\d+)$/.exec(window.location.hash);
show(wanted ? Number(wanted[1]) : Number(data.page) || 1);
