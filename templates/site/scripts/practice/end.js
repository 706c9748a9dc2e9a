// The end of a session comes with a script of its own.
function endSession() {
  session = { ...session, queue: [] };
  showEnd();
}

function showEnd() {
  clearInterval(ticking);
  if (session.done.length) {
    const own = session;
    loadOnce("end.js").then(() => own === session && triptychEnd(own), leave);
  } else {
    leave();
  }
}

function leave(event) {
  if (event) {
    event.preventDefault();
  }
  clearInterval(ticking);
  session = undefined;
  const { topic, tag } = asked();
  const kept = addressOf("", { topic, tag });
  history.replaceState(null, "", location.pathname + location.search + (kept === "#" ? "" : kept));
  showHome(FIRST_START);
}
