// The counter: a live picture, a page at every press of the space bar; the server judges and straightens it.
import { send } from "../site/js/send.js";

const counter = document.getElementById("counter");
const live = document.getElementById("live");
const said = document.getElementById("said");
const take = document.getElementById("take");
const cameras = document.getElementById("camera");
const WIDE = { width: { ideal: 3840 }, height: { ideal: 2160 } };
let isBusy = false;

// A browser shows black until the camera's first picture has come; only then does its clock run.
function isRunning() {
  return live.srcObject !== null && live.currentTime > 0;
}

function offer() {
  take.disabled = isBusy || !isRunning();
}

async function look(deviceId) {
  const wanted = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } };
  for (const track of live.srcObject ? live.srcObject.getTracks() : []) track.stop();
  try {
    live.srcObject = await navigator.mediaDevices.getUserMedia({ video: Object.assign({}, wanted, WIDE) });
    await list();
  } catch (refused) {
    live.srcObject = null;
    say(counter.dataset.noCamera, true);
  }
  offer();
}

async function list() {
  const found = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
  cameras.replaceChildren(...found.map((one, place) => new Option(one.label || String(place + 1), one.deviceId)));
  cameras.hidden = found.length < 2;
  const chosen = live.srcObject.getVideoTracks()[0].getSettings().deviceId;
  if (chosen) cameras.value = chosen;
}

function frame() {
  const canvas = document.createElement("canvas");
  canvas.width = live.videoWidth;
  canvas.height = live.videoHeight;
  canvas.getContext("2d").drawImage(live, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
}

async function hand(picture) {
  const material = document.querySelector("input[name=material]:checked").value;
  const url = counter.dataset.take.replace(/\/0\/$/, `/${material}/`);
  const taken = await send(url, { body: picture, headers: { "Content-Type": "image/jpeg" } });
  document.querySelector(`[data-pages="${material}"]`).value = taken.page;
  say(`${taken.is_cut ? counter.dataset.taken : counter.dataset.uncut} · ${taken.page}`, false);
}

async function takeAll(pictures) {
  if (isBusy) return;
  isBusy = true;
  offer();
  try {
    for (const picture of pictures) await hand(await picture);
  } catch (problem) {
    say(problem.message, true);
  } finally {
    isBusy = false;
    offer();
  }
}

function say(text, isBad) {
  said.textContent = text;
  said.classList.toggle("text-danger", isBad);
}

live.addEventListener("timeupdate", offer);
take.addEventListener("click", () => takeAll([frame()]));
document.getElementById("pictures").addEventListener("change", (event) => takeAll(Array.from(event.target.files)));
cameras.addEventListener("change", () => look(cameras.value));
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.target.closest("button, input:not([type=radio]), select, label, a")) return;
  event.preventDefault();
  if (isRunning()) takeAll([frame()]);
});
look();
