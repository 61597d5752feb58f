// Before the first paint: the chosen theme, or the system's.
(function () {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function apply() {
    const choice = root.dataset.theme;
    const theme = choice === "auto" ? (system.matches ? "dark" : "light") : choice;
    root.setAttribute("data-bs-theme", theme);
  }

  apply();
  if (system.addEventListener) system.addEventListener("change", apply);
  document.addEventListener("theme-chosen", apply);
})();
