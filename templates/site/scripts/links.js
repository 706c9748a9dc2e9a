// Links of lists say in their anchor that the question is asked before it is answered.
// With `file:` all links say it, since a browser may keep the choice for one file alone.
const questions = new URL("q/", root).pathname;

function addMode(event) {
  const link = event.target.closest && event.target.closest("a[href]");
  if (!link || link.hash || link.origin !== location.origin) {
    return;
  }
  const mode = choice.mode;
  const listed = link.pathname.startsWith(questions) && link.closest(".asks");
  if (listed && mode !== "read") {
    link.hash = "Test";
  } else if (mode && protocol === "file:" && link.pathname.endsWith(".html")) {
    link.hash = mode === "read" ? "Read" : "Test";
  }
}

addEventListener("click", addMode, true);
addEventListener("auxclick", addMode, true);
