// A figure opens in a dialog whose script comes on its first use. Without it it is a link.
onClick(window, (event) => {
  const link = event.target.closest("a.zoom");
  if (link && isPlain(event)) {
    event.preventDefault();
    loadOnce("figure.js").then(() => triptychFigure(link, say), () => {
      location.href = link.href;
    });
  }
});
