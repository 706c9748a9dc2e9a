// Who comes from a list or turns the page is asked first: the link says so. From a folder
// the choice travels in the links too, since there a browser may keep it for one file.
const questions = new URL("q/", root).pathname;

function carry(event) {
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

addEventListener("click", carry, true);
addEventListener("auxclick", carry, true);
