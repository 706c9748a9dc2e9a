addEventListener("pagehide", save);
addEventListener("hashchange", () => {
  if (!location.hash.startsWith("#mock=")) {
    save();
    stop();
    mock = undefined;
  }
});
window.triptychMock = openRound;
