// The question first: `data-asks` hides the answer until the reader asks for it. `theme.js`
// set it before the first paint. The choice is kept, as is the theme.
const asking = first("[data-ask]");

function showMode() {
  asking.setAttribute("aria-checked", choice.mode === "test");
}

function showAnswer() {
  delete choice.asks;
  const answer = first("div.after");
  const head = answer.querySelector("h2") || answer;
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
  if (head.getBoundingClientRect().top > innerHeight / 2) {
    head.scrollIntoView();
  }
}

if (asking) {
  onClick(asking, () => {
    const asks = choice.mode !== "test";
    choice.mode = asks ? "test" : "read";
    page.toggleAttribute("data-asks", asks);
    keep("mode", choice.mode);
    showMode();
  });
  onClick(first("[data-show]"), showAnswer);
  addEventListener("hashchange", () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && "asks" in choice) {
      delete choice.asks;
      target.scrollIntoView();
    }
  });
  showMode();
}

// Follow-ups: open for reading, and closed all at once to answer them oneself.
each("[data-hide]", (toggle) => {
  const parts = toggle.closest("section").querySelectorAll("details.part");
  const words = toggle.children;
  toggle.hidden = false;
  onClick(toggle, () => {
    const open = words[0].hidden;
    parts.forEach((part) => {
      part.open = open;
    });
    words[0].hidden = !open;
    words[1].hidden = open;
  });
});
