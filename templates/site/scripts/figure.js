// A figure at its natural size or larger, to be scrolled and dragged.
addStyle("figure.css");
window.triptychFigure = (link, sayIn) => {
  const drawn = link.querySelector("img");
  const image = make("img");
  const field = make("div", "", image);
  const close = make("button", "close");
  const box = make("dialog", "figure", close, field);
  box.setAttribute("aria-label", drawn.alt);
  field.tabIndex = 0;
  image.src = link.href;
  image.alt = drawn.alt;
  const natural = Number(drawn.getAttribute("width")) || drawn.naturalWidth;
  image.width = Math.max(natural, Math.min(natural * 2, innerWidth * 0.92));
  close.type = "button";
  sayIn(close, "close");
  close.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  field.addEventListener("pointermove", (event) => {
    if (event.buttons && event.pointerType === "mouse") {
      field.scrollBy(-event.movementX, -event.movementY);
    }
  });
  image.draggable = false;
  document.body.append(box);
  box.showModal();
  field.focus();
};
