// The pages of a mock interview: one question, one clock, and no answer before the question is over.
const SAVE_EVERY_MS = 1000;
const MORE_MINUTES = 5;
let mock;
let running;

function roundOf(name) {
  return deck.rounds.find((round) => round.name === name);
}

function hasQuestionsFor(round) {
  return drawn(round, "", [...deck.questions.values()]).length > 0;
}

function save() {
  if (mock && !mock.isOver) {
    mock = settled(mock, Date.now());
    remember("mock", JSON.stringify(mock));
  }
}

function saved() {
  try {
    const found = withPresentNames(JSON.parse(recall("mock")));
    return found.ids.every((id) => deck.questions.has(id)) && isWhole(found) ? found : undefined;
  } catch (_) {
    return undefined;
  }
}

function stop() {
  clearInterval(running);
  running = undefined;
}

function goTo(next) {
  mock = next;
  save();
  draw();
}

function showRounds() {
  const list = make("ul", "starts");
  deck.rounds.filter(hasQuestionsFor).forEach((round) => {
    const link = make("a", "start-link");
    link.href = "#" + new URLSearchParams({ mock: round.name, seed: deviceWord(Math.random) });
    link.append(textElement("span", "", "round_" + round.name), " ");
    link.append(textElement("small", "", "about_minutes", { n: round.minutes }));
    list.append(make("li", "", link));
  });
  const back = textElement("a", "", "back_home");
  back.href = "#";
  show(textElement("h2", "", "mock"), textElement("p", "lead", "mock_lead"), list, make("p", "acts", back));
}

function openRound(name, { seed }) {
  stop();
  const round = roundOf(name);
  if (!round || !hasQuestionsFor(round)) {
    showRounds();
    return;
  }
  const before = saved();
  const word = seed || deviceWord(Math.random);
  if (before && before.round === name && before.seed === word) {
    mock = { ...before, since: Date.now() };
  } else {
    mock = newMock(round, word, drawn(round, word, [...deck.questions.values()]));
  }
  draw();
}

async function draw() {
  stop();
  inSession(true);
  const own = mock;
  const cards = await Promise.all(own.ids.map((id) => cardOf(id).catch(() => undefined)));
  if (own === mock && !cards.every(Boolean)) {
    cannotLoad();
  } else if (own === mock) {
    ({ ready, ask, judge, end: scorecard })[mock.part](cards);
  }
}

function ready(cards) {
  const round = roundOf(mock.round);
  const begin = button("primary", "begin", () => goTo(part(mock, "ask", Date.now())));
  const facts = textElement("p", "", "mock_facts", { n: cards.length, minutes: round.minutes });
  const back = textElement("a", "", "other_round");
  back.href = "#mock";
  show(
    textElement("h2", "", "round_" + round.name), facts, phases(round.phases, -1),
    textElement("p", "facts", "mock_seed"), actsBar(begin, back),
  );
}

function phases(all, present) {
  if (!all) {
    return undefined;
  }
  const list = make("ol", "phases");
  all.forEach(([name, minutes], at) => {
    const item = make("li", "", textElement("span", "", name), " ", make("small", "", String(minutes)));
    if (at === present) {
      item.setAttribute("aria-current", "step");
    }
    list.append(item);
  });
  return list;
}

// The phases of a question are those of the round that asks its kind alone.
function phasesOf(id) {
  return (roundOf(deck.questions.get(id).kind) || {}).phases;
}

function clockFace() {
  const box = make("p", "clock");
  box.setAttribute("role", "timer");
  box.textContent = clockText(spentInAll(mock, Date.now())) + " / " + mock.minutes + ":00";
  return box;
}

function ask(cards) {
  const id = mock.ids[mock.at];
  const card = cards[mock.at];
  const now = Date.now();
  const marks = phasesOf(id);
  let shown = marks && phaseAt(marks, spentOn(mock, mock.at, now));
  let list = phases(marks, shown);
  const clock = clockFace();
  const heading = authored("h2", "prompt", card.prompt, card);
  heading.tabIndex = -1;
  const hints = make("ol", "hint-list");
  hints.setAttribute("aria-live", "polite");
  const showHints = () => {
    hints.replaceChildren(...(card.hints || []).slice(0, mock.asked[mock.at].hints).map((hint) => authored("li", "", hint, card)));
  };
  const notes = label(make("textarea"), "notes");
  notes.value = mock.asked[mock.at].notes;
  notes.addEventListener("input", () => {
    mock = changed(mock, { notes: notes.value });
  });
  const hint = (card.hints || []).length > mock.asked[mock.at].hints && button("", "hint_costs", () => {
    const given = mock.asked[mock.at].hints + 1;
    mock = changed(mock, { hints: given });
    showHints();
    if (given === card.hints.length) {
      hint.remove();
      heading.focus();
    }
  });
  showHints();
  const more = button("", "more_time", () => {
    mock = { ...mock, minutes: mock.minutes + MORE_MINUTES };
    clock.textContent = clockFace().textContent;
  });
  const finish = button("primary", "finish", () => goTo(part(mock, "judge", Date.now())));
  const box = make("article", "ask", make("div", "card-top", counter(), clock), list, heading, hints);
  box.append(make("section", "own", textElement("h3", "", "notes"), notes));
  const tools = make("div", "tools", hint, more, button("", "stop_mock", () => goTo(stopped(mock, Date.now()))));
  // What is read aloud when the phase changes.
  const spoken = make("p", "unseen");
  spoken.setAttribute("role", "status");
  show(store.trouble && trouble(), box, make("div", "card-bar", make("div", "grades", finish), tools), spoken);
  window.triptychShown(box);
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  running = setInterval(() => {
    save();
    clock.textContent = clockFace().textContent;
    const present = marks && phaseAt(marks, spentOn(mock, mock.at, Date.now()));
    if (present !== shown) {
      shown = present;
      const next = phases(marks, shown);
      list.replaceWith(next);
      list = next;
      spoken.replaceChildren(...[...list.querySelectorAll("[aria-current] span")].map((name) => name.cloneNode(true)));
    }
  }, SAVE_EVERY_MS);
}

function counter() {
  return textElement("p", "facts", "question_of", { n: mock.at + 1, total: mock.ids.length });
}

// What an interviewer would ask next, one at a time: say it, then look.
function followUps(card) {
  const all = card.follow || [];
  const host = make("section", "", textElement("h3", "", "and_then"));
  const next = button("", "next_follow_up", () => {
    const count = mock.asked[mock.at].shownFollowUps + 1;
    mock = changed(mock, { shownFollowUps: count });
    add(count - 1).querySelector("summary").focus();
    save();
  });
  const add = (at) => {
    const [, prompt, text] = all[at];
    const summary = authored("summary", "", prompt, card);
    const fold = make("details", "part", summary, authored("div", "prose", text, card));
    next.before(fold);
    window.triptychShown(fold);
    next.hidden = at + 1 >= all.length;
    return fold;
  };
  host.append(next);
  for (let at = 0; at < Math.min(all.length, mock.asked[mock.at].shownFollowUps); at += 1) {
    add(at);
  }
  return all.length ? host : undefined;
}

function pitfalls(card) {
  const all = card.pitfalls || [];
  const items = all.map(([slug, claim, text]) => {
    const wasSaid = mock.asked[mock.at].said.includes(slug);
    const why = authored("div", "prose", text, card);
    why.hidden = !wasSaid;
    const answer = (key, isSaid) => {
      const element = button("", key, () => {
        const others = mock.asked[mock.at].said.filter((other) => other !== slug);
        mock = changed(mock, { said: isSaid ? [...others, slug] : others });
        [...element.parentNode.children].forEach((other) => {
          other.setAttribute("aria-pressed", String(other === element));
        });
        why.hidden = false;
        save();
      });
      element.setAttribute("aria-pressed", String(isSaid && wasSaid));
      return element;
    };
    const said = authored("p", "", claim, card);
    const answers = make("p", "acts", answer("yes", true), answer("no", false));
    answers.setAttribute("role", "group");
    answers.setAttribute("aria-label", said.textContent);
    return make("li", "", said, answers, why);
  });
  return all.length ? make("section", "", textElement("h3", "", "would_you"), make("ul", "claims", ...items)) : undefined;
}

function judge(cards) {
  const card = cards[mock.at];
  const heading = authored("h2", "prompt", card.prompt, card);
  heading.tabIndex = -1;
  const boxes = rubricOf(card).map(([key, html]) => {
    const field = make("input");
    field.type = "checkbox";
    field.checked = mock.asked[mock.at].ticked.includes(key);
    field.addEventListener("change", () => {
      const others = mock.asked[mock.at].ticked.filter((other) => other !== key);
      mock = changed(mock, { ticked: field.checked ? [...others, key] : others });
      save();
    });
    return make("li", "", make("label", "", field, authored("span", "", html, card)));
  });
  const box = make("article", "ask open", make("div", "card-top", counter()), heading);
  if (boxes.length) {
    box.append(make("section", "rubric", textElement("h3", "", "what_said"), make("ul", "", ...boxes)));
  }
  const parts = [["in_short", card.summary, "in-short"], ["answer", card.answer, "prose"]];
  parts.filter(([, html]) => html).forEach(([key, html, style]) => {
    box.append(make("section", "", textElement("h3", "", key), authored("div", style, html, card)));
  });
  box.append(...[followUps(card), pitfalls(card)].filter(Boolean));
  const isLast = mock.at + 1 === mock.ids.length;
  const on = button("primary", isLast ? "see_scorecard" : "next_question", () => goTo(nextQuestion(mock, Date.now())));
  show(store.trouble && trouble(), box, make("div", "card-bar", make("div", "grades", on)));
  window.triptychShown(box);
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}
