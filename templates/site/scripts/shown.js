// What a page shows is prepared, also what a script shows later.
function prepare(within) {
  within.querySelectorAll(wide).forEach((box) => {
    sizes.observe(box);
    sizes.observe(box.firstElementChild || box);
  });
  if (within.querySelector("[data-sizing]")) {
    loadOnce("sizing.js").then(() => triptychSizing(within));
  }
}

window.triptychShown = prepare;
prepare(document);
