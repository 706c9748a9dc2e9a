// Single keys of a session, unless they are switched off or meant for what has the focus.
function focusRubric() {
  const field = app.querySelector(".rubric input");
  if (field) {
    field.focus();
  }
}

function clickFirst(selector) {
  const element = app.querySelector(selector);
  if (element) {
    element.click();
  }
  return element;
}

function proceed() {
  if (!session.open) {
    return clickFirst(".grades .primary");
  }
  return clickFirst("[data-grade][data-suggested]") || clickFirst('[data-grade="3"]');
}

const sessionKeys = {
  " ": proceed,
  Enter: proceed,
  h: () => clickFirst("[data-hint]"),
  u: undo,
  r: focusRubric,
  s: suspend,
  "*": () => clickFirst("[data-star]"),
  Escape: endSession,
};
[1, 2, 3, 4].forEach((value) => {
  sessionKeys[value] = () => clickFirst('[data-grade="' + value + '"]');
});

window.triptychKeys = () => [
  [deck.words.key_space, deck.words.key_proceed],
  [{ other: "1 2 3 4" }, deck.words.key_grade],
  [{ other: "h" }, deck.words.key_hint],
  [{ other: "r" }, deck.words.what_said],
  [{ other: "u" }, deck.words.undo],
  [{ other: "s" }, deck.words.suspend],
  [{ other: "*" }, deck.words.star],
  [{ other: "Esc" }, deck.words.end],
];

addEventListener("keydown", (event) => {
  const action = Object.hasOwn(sessionKeys, event.key) && sessionKeys[event.key];
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (!action || busy || !session || !session.queue.length || page.dataset.keys === "off") {
    return;
  }
  const presses = event.key === " " || event.key === "Enter";
  const field = "textarea, select, dialog, input:not([type=checkbox])";
  if (event.target.closest(presses ? field + ", a, button, summary, input" : field)) {
    return;
  }
  event.preventDefault();
  // A key that is held down is one press.
  if (!event.repeat) {
    action();
  }
});
