// A page that is shown for any address asks for this script at each place where it may be.
if (window.triptychStarted) {
  return;
}
window.triptychStarted = true;
