// Counting on a phone: labels are read by the camera, a picture or the keyboard, kept here until the archive has them,
// and sent whenever there is a network. Every scan has an id of its own, so that sending twice adds nothing.
(function () {
  "use strict";
  const CACHE = "yidang-count";
  const SHOWN = 30;
  const PAUSE = 250;
  const root = document.getElementById("count");
  const words = root.dataset;
  const key = "yidang-count-" + words.take;
  const video = document.getElementById("camera");
  const typed = document.getElementById("typed");
  const detector = "BarcodeDetector" in window ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  let state = load();
  let books = new Map();
  let stream = null;
  let lastRead = "";
  let isSending = false;

  function load() {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    return kept || { shelf: "", box: "", waiting: [], seen: {}, books: [] };
  }

  function save() {
    localStorage.setItem(key, JSON.stringify(state));
  }

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (one) => ("0" + one.toString(16)).slice(-2)).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // --- what a label says ---

  // A label's text, a code typed by hand, or 档号 of a record that is expected here; blank for anything else.
  function tagOf(text) {
    const tidy = text.trim().replace(/^yd:/, "");
    if (/^(place:[A-Z0-9-]+|box:H[0-9]{6,12}|(item|volume):[0-9a-f-]{36})$/.test(tidy)) return tidy;
    if (/^h[0-9]{6,12}$/i.test(tidy)) return "box:" + tidy.toUpperCase();
    const known = state.books.find((one) => one.said === tidy && /^(item|volume):/.test(one.tag));
    if (known) return known.tag;
    return /^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/i.test(tidy) ? "place:" + tidy.toUpperCase() : "";
  }

  function said(tag) {
    const known = books.get(tag);
    return known ? known.said : tag.slice(tag.indexOf(":") + 1);
  }

  function take(text) {
    const tag = tagOf(text);
    if (!tag) return tell("bad", words.unreadable);
    if (tag.startsWith("place:")) {
      state.shelf = tag;
      state.box = "";
      save();
      return show(tell("info", words.atShelf + " " + said(tag)));
    }
    const container = tag.startsWith("box:") ? state.shelf : state.box;
    if (!container) return tell("warn", tag.startsWith("box:") ? words.shelfFirst : words.boxFirst);
    if (tag.startsWith("box:")) state.box = tag;
    if (state.seen[tag] !== container) {
      state.waiting.push({ id: newId(), tag: tag, container: container, at: new Date().toISOString() });
      state.seen[tag] = container;
    }
    save();
    judge(tag, container);
    show();
    return send();
  }

  function judge(tag, container) {
    const known = books.get(tag);
    if (!known) return tell("warn", said(tag) + " " + words.notExpected);
    if (known.container === container) return tell("good", said(tag) + " " + words.right);
    return tell("warn", said(tag) + " " + words.belongs + " " + said(known.container));
  }

  // --- on the screen ---

  function tell(tone, text) {
    const box = document.getElementById("told");
    box.className = "callout mb-3 " + tone;
    box.firstElementChild.textContent = text;
    box.hidden = false;
  }

  function put(id, text) {
    document.getElementById(id).textContent = text;
  }

  function show() {
    const missing = state.books.filter((one) => !state.seen[one.tag]);
    put("shelf", state.shelf ? said(state.shelf) : "–");
    put("box", state.box ? said(state.box) : "–");
    put("seen", String(state.books.length - missing.length));
    put("expected", String(state.books.length));
    put("waiting", String(state.waiting.length));
    document.getElementById("offline").hidden = navigator.onLine;
    document.getElementById("send").disabled = !state.waiting.length || !navigator.onLine;
    const here = missing.filter((one) => !state.shelf || one.container === state.shelf || one.container === state.box);
    const list = document.getElementById("missing");
    list.textContent = "";
    here.slice(0, SHOWN).forEach((one) => {
      const row = document.createElement("li");
      row.className = "code";
      row.textContent = one.said;
      list.appendChild(row);
    });
  }

  // --- the archive, when it can be reached ---

  function token() {
    return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  }

  function send() {
    if (isSending || !navigator.onLine || !state.waiting.length) return Promise.resolve();
    isSending = true;
    const load = state.waiting.slice(0, 500);
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() };
    return fetch(words.send, { method: "POST", headers: headers, body: JSON.stringify({ scans: load }), redirect: "manual" })
      .then((answer) => (answer.ok ? taken(load) : refused(answer)))
      .catch(() => undefined)
      .then(() => {
        isSending = false;
        show();
      });
  }

  function taken(load) {
    const ids = new Set(load.map((one) => one.id));
    state.waiting = state.waiting.filter((one) => !ids.has(one.id));
    save();
    if (state.waiting.length) setTimeout(send, 0);
  }

  function refused(answer) {
    if (answer.type === "opaqueredirect") return tell("warn", words.signIn);
    return answer.json().then((problem) => tell("bad", problem.message));
  }

  function fetchBooks() {
    if (!navigator.onLine) return Promise.resolve();
    return fetch(words.books, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error("refused"))))
      .then((found) => {
        if (!found.is_open && !state.waiting.length) return forget();
        state.books = found.expected;
        save();
        return layBy();
      })
      .catch(() => undefined);
  }

  // Everything this page was made of, itself included, for the next time without a network.
  function layBy() {
    if (!("caches" in window)) return Promise.resolve();
    const used = performance.getEntriesByType("resource").map((one) => one.name);
    const linked = Array.from(document.querySelectorAll("link[href], script[src]"), (one) => one.href || one.src);
    const icons = Array.from(document.querySelectorAll("use"), (one) => new URL(one.getAttribute("href"), location.href).href.split("#")[0]);
    const own = new Set(used.concat(linked, icons).filter((one) => one.startsWith(location.origin + "/static/")));
    own.add(location.origin + location.pathname);
    return caches.open(CACHE).then((cache) => Promise.all(Array.from(own, (one) => cache.add(one).catch(() => undefined))))
      .then(() => (root.dataset.ready = "yes"));
  }

  // The count is over: nothing of it stays on the phone.
  function forget() {
    localStorage.removeItem(key);
    if ("caches" in window) caches.delete(CACHE);
    state = { shelf: "", box: "", waiting: [], seen: {}, books: [] };
    tell("info", words.over);
  }

  // --- the camera ---

  function look() {
    if (!stream) return;
    const read = detector && video.readyState >= 2
      ? detector.detect(video).then((found) => (found.length ? found[0].rawValue : ""))
      : Promise.resolve(video.readyState >= 2 && video.videoWidth ? YidangScanner.read(video, video.videoWidth, video.videoHeight) : "");
    read.catch(() => "").then((text) => {
      if (text && text !== lastRead) take(text);
      lastRead = text || lastRead;
      setTimeout(look, PAUSE);
    });
  }

  function toggleCamera() {
    if (stream) {
      stream.getTracks().forEach((track) => track.stop());
      stream = null;
      video.hidden = true;
      return;
    }
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) {
      tell("warn", words.noCamera);
      return;
    }
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(
      (opened) => {
        stream = opened;
        lastRead = "";
        video.srcObject = opened;
        video.hidden = false;
        video.play();
        look();
      },
      () => tell("warn", words.noCamera)
    );
  }

  document.getElementById("use-camera").addEventListener("click", toggleCamera);
  document.getElementById("send").addEventListener("click", send);
  document.getElementById("picture").addEventListener("change", (event) => {
    Array.from(event.target.files).forEach((file) => {
      YidangScanner.fromPicture(file).then((text) => (text ? take(text) : tell("bad", words.unreadable)), () => tell("bad", words.unreadable));
    });
    event.target.value = "";
  });
  document.getElementById("type-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (typed.value.trim()) take(typed.value);
    typed.value = "";
    typed.focus();
  });
  window.addEventListener("online", () => fetchBooks().then(index).then(send).then(show));
  window.addEventListener("offline", () => show());

  function index() {
    books = new Map(state.books.map((one) => [one.tag, one]));
  }

  if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker).catch(() => undefined);
  index();
  show();
  fetchBooks().then(index).then(send).then(show);
})();
