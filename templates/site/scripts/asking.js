// The question first: `data-asks` hides the answer until one asks for it. `theme.js` has
// set it before the first paint. What one chose is kept, as is the theme.
const asking = document.querySelector("[role=switch][data-ask]");

function showMode() {
  asking.setAttribute("aria-checked", String(page.dataset.mode === "test"));
}

function showAnswer() {
  page.removeAttribute("data-asks");
  const answer = document.querySelector("div.after");
  const head = answer.querySelector("h2") || answer;
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
  if (head.getBoundingClientRect().top > innerHeight / 2) {
    head.scrollIntoView();
  }
}

if (asking) {
  asking.addEventListener("click", () => {
    const asks = page.dataset.mode !== "test";
    page.dataset.mode = asks ? "test" : "read";
    page.toggleAttribute("data-asks", asks);
    keep("mode", page.dataset.mode);
    showMode();
  });
  document.querySelector("[data-show]").addEventListener("click", showAnswer);
  addEventListener("hashchange", () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && page.hasAttribute("data-asks")) {
      page.removeAttribute("data-asks");
      target.scrollIntoView();
    }
  });
  showMode();
}

// Follow-ups: open for reading, closed in one go for trying oneself.
each("[data-hide]", (toggle) => {
  const parts = toggle.closest("section").querySelectorAll("details.part");
  const words = toggle.children;
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const open = words[0].hidden;
    parts.forEach((part) => {
      part.open = open;
    });
    words[0].hidden = !open;
    words[1].hidden = open;
  });
});
