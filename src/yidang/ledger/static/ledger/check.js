// The page that asks the archive: what stands behind the # of the address is handed over by a form, never in a URL.
(function () {
  "use strict";
  const form = document.getElementById("check-form");
  const text = document.getElementById("statement-text");

  function take(found) {
    const file = found.trim().charAt(0) === "{" ? JSON.parse(found) : null;
    text.value = file ? String(file.statement) : found;
    form.submit();
  }

  function fail(what) {
    document.getElementById("failed-" + what).hidden = false;
  }

  YidangScanner.attach((found) => {
    try {
      take(found);
    } catch (problem) {
      fail("picture");
    }
  }, fail);

  function takeFromAddress() {
    const packed = location.hash.slice(1);
    if (!/^[0-9]+$/.test(packed)) return;
    history.replaceState(null, "", location.pathname);
    take(packed);
  }

  window.addEventListener("hashchange", takeFromAddress);
  takeFromAddress();
})();
