// Runs before the first paint, so that a chosen theme never flashes.
(function () {
  "use strict";
  try {
    var theme = localStorage.getItem("triptych:theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch (_) {
    // Storage is off: the system's preference stands.
  }
})();
