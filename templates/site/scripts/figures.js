// A figure opens in a dialog whose script comes on its first use. Without it it is a link.
addEventListener("click", (event) => {
  const link = event.target.closest("a.zoom");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    loadOnce("figure.js").then(() => triptychFigure(link, say), () => {
      location.href = link.href;
    });
  }
});
