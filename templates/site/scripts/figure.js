// A figure at its natural size or more, to be moved about.
addStyle("figure.css");
window.triptychFigure = (link, sayIn) => {
  const drawn = link.querySelector("img");
  const box = document.createElement("dialog");
  const field = document.createElement("div");
  const image = new Image();
  const close = document.createElement("button");
  box.className = "figure";
  box.setAttribute("aria-label", drawn.alt);
  field.tabIndex = 0;
  image.src = link.href;
  image.alt = drawn.alt;
  const natural = Number(drawn.getAttribute("width")) || drawn.naturalWidth;
  image.width = Math.max(natural, Math.min(natural * 2, innerWidth * 0.92));
  close.type = "button";
  close.className = "close";
  sayIn(close, "close");
  close.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  field.addEventListener("pointermove", (event) => {
    if (event.buttons && event.pointerType === "mouse") {
      field.scrollBy(-event.movementX, -event.movementY);
    }
  });
  image.draggable = false;
  field.append(image);
  box.append(close, field);
  document.body.append(box);
  box.showModal();
  field.focus();
};
