// The end of a session: how it went, what was missed, and where to read about it.
function pointHtml({ id, point }) {
  const found = rubricOf(deck.cards[id] || {}).find(([key]) => key === point);
  return found && found[1];
}

function missedList(done) {
  const list = make("ul", "missed");
  missedPoints(done).forEach((missed) => {
    const html = pointHtml(missed);
    if (html) {
      const link = make("a", "", deck.cards[missed.id].plain);
      link.href = root + "q/" + missed.id + ".html#Rubric";
      const times = missed.count > 1 && textElement("small", "", "times", { n: missed.count });
      list.append(make("li", "", authored("span", "", html, deck.cards[missed.id]), " ", times, make("small", "", link)));
    }
  });
  return list.children.length ? make("section", "", textElement("h3", "", "you_missed"), list) : undefined;
}

window.triptychEnd = (session) => {
  const heading = textElement("h2", "", "session_over", {
    n: session.done.length,
    time: phrase("minutes_taken", { n: Math.max(1, Math.round((Date.now() - session.started) / MINUTE_MS)) }),
  });
  const home = textElement("a", "primary", "back_home");
  home.href = "#";
  home.addEventListener("click", leave);
  const isFolder = location.protocol === "file:";
  show(
    trouble() || textElement("p", "facts", "all_saved"),
    heading,
    missedList(session.done),
    isFolder && textElement("p", "facts", "files_here"),
    !isFolder && reminder(),
    actsBar(home, session.past && button("", "undo", undo), (isFolder || store.trouble) && backUpButton()),
  );
  heading.tabIndex = -1;
  heading.focus();
};
