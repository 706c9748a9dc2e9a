// What few sessions need comes with scripts of its own, when it is asked for.
function showMock(name, filter) {
  inSession(false);
  loadOnce("mock.js").then(() => triptychMock(name, filter), showHome);
}

// A round that was not finished, and the minutes that are left of it.
function openMock() {
  try {
    const mock = JSON.parse(recall("mock"));
    const spent = mock.asked.reduce((sum, one) => sum + one.spent, 0);
    const left = Math.max(0, Math.round(mock.minutes - spent / MINUTE_MS));
    const isOpen = ["ask", "judge"].includes(mock.part) && mock.ids.every((id) => deck.questions.has(id));
    return isOpen ? { round: mock.round, seed: mock.seed, left } : undefined;
  } catch (_) {
    return undefined;
  }
}

function mockLink(isFirst) {
  const before = openMock();
  const link = textElement("a", isFirst ? "primary" : "start-link", before ? "mock_continue" : "mock");
  link.href = "#mock";
  if (before) {
    link.href = "#" + new URLSearchParams({ mock: before.round, seed: before.seed });
    link.append(" ", textElement("small", "", "minutes_left", { n: before.left }));
  }
  return make("li", "", link);
}

function backUpButton() {
  const backUp = button("", "back_up", () => {
    loadOnce("transfer.js")
      .then(() => triptychTransfer.backUp())
      .then((isDone) => {
        if (isDone) {
          noteBackup({ reviews: store.all.reviews });
          setText(backUp, "backed_up");
        }
      });
  });
  return backUp;
}

function bringInButton(host) {
  const bringIn = button("", "bring_in", () => loadOnce("transfer.js").then(() => triptychTransfer.chooseFile(host)));
  bringIn.dataset.bringIn = "";
  return bringIn;
}

function weakInAnkiButton(host) {
  return button("", "weak_in_anki", () => loadOnce("transfer.js").then(() => triptychTransfer.showWeak(host)));
}

window.triptychShared = {
  DAY_MS, MINUTE_MS, actsBar, app, authored, backUpButton, button, cannotLoad, cardOf, clockText, dayName, deck, deviceWord, inSession, isRow,
  label, leave, make, mark, merged, newIds, noteBackup, phrase, pool, presentId, readLog, recall, record, reminder, remember,
  retrievability, root, rubricOf, setText, show, showHome, store, suggestion, textElement, trouble, undo, unsaved, weakInAnki, written,
};
