// What a page shows is prepared, also what a script shows later.
function prepare(within) {
  watchSizes(within);
  if (within.querySelector("[data-sizing]")) {
    loadOnce("sizing.js").then(() => triptychSizing(within));
  }
}

window.triptychShown = prepare;
prepare(document);
