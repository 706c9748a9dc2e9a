// The address says what to do: a session, a mock interview, or the first screen.
function route() {
  const { start, ids, mock, ...filter } = asked();
  if (page.hasAttribute("data-session")) {
    nextFocus = FIRST_START;
  }
  clearInterval(ticking);
  session = undefined;
  if (mock !== undefined) {
    showMock(mock, filter);
    return;
  }
  if (start || ids) {
    const mixed = () => [...chosen("due", filter), ...chosen("new", filter)];
    const found = start === "mixed" ? mixed() : chosen(start || "all", { ...filter, ids });
    const those = start === "mixed" && !found.length ? chosen("all", filter) : found;
    if (those.length) {
      startSession(those);
      return;
    }
  }
  showHome();
}

loadOnce("practice/index.js").then(() => {
  openStore();
  addEventListener("hashchange", route);
  addEventListener("storage", ({ key }) => {
    if (key === keyOf("progress") && !session) {
      store.rows = merged(storedRows(), store.rows);
      refold();
      route();
    }
  });
  route();
});
