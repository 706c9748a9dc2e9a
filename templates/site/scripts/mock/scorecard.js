// The scorecard: what was said of what was listened for, in what time.
function facts(cards) {
  return mock.ids.map((id, at) => {
    const one = mock.asked[at];
    const points = rubricOf(cards[at]).length;
    return {
      id,
      plain: cards[at].plain,
      points,
      ticked: one.ticked.length,
      minutes: Math.round(one.spent / MINUTE_MS),
      plan: deck.questions.get(id).minutes,
      hints: one.hints,
      said: one.said.length,
      notes: one.notes.trim(),
    };
  });
}

function asMarkdown(rows, study, withNotes) {
  const heads = ["question", "points", "minutes_used", "hints_used", "wrong_claims"].map((key) => phrase(key));
  const cell = (text) => String(text).replace(/\|/g, "\\|").replace(/\s+/g, " ");
  const line = (cells) => "| " + cells.map(cell).join(" | ") + " |";
  const table = [
    line(heads),
    line(heads.map(() => "---")),
    ...rows.map((row) => line([row.plain, row.ticked + "/" + row.points, row.minutes + "/" + row.plan, row.hints, row.said])),
  ];
  const studied = study.map((row) => "- " + cell(row.plain));
  const notes = withNotes ? rows.filter((row) => row.notes).map((row) => "## " + cell(row.plain) + "\n\n" + row.notes) : [];
  return [
    "# " + phrase("round_" + mock.round) + ", " + deck.title,
    phrase("scorecard_facts", scorecardFacts()),
    table.join("\n"),
    ...(studied.length ? ["## " + phrase("to_study") + "\n\n" + studied.join("\n")] : []),
    ...notes,
  ].join("\n\n") + "\n";
}

function scorecardFacts() {
  const spent = Math.round(spentInAll(mock, Date.now()) / MINUTE_MS);
  return { seed: mock.seed, spent, plan: mock.minutes };
}

function scoreTable(rows) {
  const head = make("tr", "", ...["question", "points", "minutes_used", "hints_used", "wrong_claims"].map((key) => {
    const cell = textElement("th", "", key);
    cell.scope = "col";
    return cell;
  }));
  const body = rows.map((row) => {
    const link = make("a", "", row.plain);
    link.href = root + "q/" + row.id + ".html#Read";
    const cells = [row.ticked + "/" + row.points, row.minutes + "/" + row.plan, row.hints, row.said];
    return make("tr", "", make("td", "", link), ...cells.map((text) => make("td", "", String(text))));
  });
  const table = make("table", "", make("thead", "", head), make("tbody", "", ...body));
  return make("div", "table", table);
}

function scorecard(cards) {
  const rows = facts(cards);
  const ids = toStudy(mock, rows.map((row) => row.points));
  const study = ids.map((id) => rows.find((row) => row.id === id));
  const heading = textElement("h2", "", "round_" + mock.round);
  heading.tabIndex = -1;
  const list = make("ul", "", ...study.map((row) => {
    const link = make("a", "", row.plain);
    link.href = root + "q/" + row.id + ".html#Rubric";
    return make("li", "", link);
  }));
  const notes = make("input");
  notes.type = "checkbox";
  const copy = button("", "copy_markdown", () => {
    const text = asMarkdown(rows, study, notes.checked);
    // Where the browser lets no script write there, the text is shown to be copied by hand.
    const offer = () => {
      const field = label(make("textarea", "to-copy"), "copy_markdown");
      field.readOnly = true;
      field.value = text;
      box.append(field);
      field.select();
    };
    const written = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
    written.then(() => setText(copy, "copied"), offer);
  });
  const count = button("", "count_reviews", () => {
    const now = Date.now();
    record(judged(mock).map((id, at) => {
      const one = mock.asked[at];
      const points = rubricOf(cards[at]).map(([key]) => key);
      const missed = one.ticked.length ? points.filter((key) => !one.ticked.includes(key)) : [];
      return [now + at, id, suggestion(one.ticked.length, points.length, one.hints), missed, store.device];
    }));
    const kept = trouble() || textElement("p", "facts", "all_saved");
    kept.tabIndex = -1;
    count.closest(".grades").replaceWith(kept);
    kept.focus();
    // The scorecard can still be copied, but the round is over.
    mock = { ...mock, isOver: true };
    remember("mock", "");
  });
  const home = textElement("a", "", "back_home");
  home.href = "#";
  home.addEventListener("click", () => {
    // Else it is saved once more when the page shows something else.
    mock = { ...mock, isOver: true };
    remember("mock", "");
  });
  const box = make("article", "scorecard", heading, textElement("p", "facts", "scorecard_facts", scorecardFacts()), scoreTable(rows));
  if (study.length) {
    box.append(make("section", "", textElement("h3", "", "to_study"), list));
  }
  if (rows.some((row) => row.notes)) {
    box.append(make("p", "", make("label", "", notes, " ", textElement("span", "", "with_notes"))));
  }
  const acts = [copy, button("", "print", () => print()), home];
  show(trouble(), box, judged(mock).length ? actsBar(count, ...acts) : actsBar(...acts));
  window.triptychShown(box);
  heading.focus();
}
