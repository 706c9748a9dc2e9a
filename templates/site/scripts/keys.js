// Single keys, unless they are switched off or meant for what has the focus.
function followLink(relation) {
  const link = first("a[rel=" + relation + "]");
  if (link) {
    link.click();
  }
  return link;
}

const actions = {
  " ": () => asking && "asks" in choice && (showAnswer(), true),
  n: () => followLink("next"),
  p: () => followLink("prev"),
  "/": () => openFinder("search"),
  "?": () => openFinder("keys"),
};

addEventListener("keydown", (event) => {
  const action = actions[event.key];
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  const field = "input,textarea,select,[contenteditable],dialog";
  const taken = event.target.closest(event.key === " " ? field + ",a,button,summary" : field);
  if (action && !busy && !taken && choice.keys !== "off" && action()) {
    event.preventDefault();
  }
});
