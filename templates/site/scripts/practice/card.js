// A question, its answer, and the bar below them that a thumb can reach.
let session;
let shownAt = 0;

function rubricOf(card) {
  return card.rubric || [];
}

function startSession(ids) {
  session = begun(ids, Date.now());
  showCard();
}

// Everything that changes a session goes through here.
function go(next, rows = []) {
  if (!current) {
    return;
  }
  if (rows.length) {
    record(rows);
  }
  session = next;
  showCard();
}

function grade(value) {
  const review = {
    points: rubricOf(current || {}).map(([key]) => key),
    device: store.device,
    now: Math.max(Date.now(), shownAt + 1),
  };
  const next = graded(session, value, review);
  go(next, next.past.rows);
}

function undo() {
  if (session.past) {
    const { session: before, rows } = session.past;
    record([], rows);
    session = before;
    showCard();
  }
}

function suspend() {
  const next = suspended(session, store.device, Date.now());
  go(next, next.past.rows);
}

function isStarred(id) {
  return Boolean((store.all.cards.get(id) || {}).starred);
}

function star(element) {
  if (!current) {
    return;
  }
  const [id] = session.queue;
  record([[Date.now(), id, isStarred(id) ? "unstar" : "star", [], store.device]]);
  element.setAttribute("aria-pressed", String(isStarred(id)));
}

// The card that is seen; none while the next one is loaded, so that a second press on what
// is still there does not judge a question that nobody has read.
let current;

async function showCard() {
  current = undefined;
  inSession(true);
  const [id] = session.queue;
  if (!id) {
    showEnd();
    return;
  }
  const own = session;
  const card = await cardOf(id).catch(() => undefined);
  if (own !== session) {
    return;
  }
  current = card;
  if (card) {
    shownAt = Math.max(Date.now(), shownAt + 1);
    drawCard(id, card);
  } else {
    cannotLoad();
  }
}

// Without a network, or if the site is of a newer release than this page.
function cannotLoad() {
  const line = textElement("p", "notice", "cannot_load");
  const again = button("primary", "try_again", () => location.reload());
  show(line, actsBar(again));
  again.focus();
}

function drawCard(id, card) {
  const box = make("article", "ask" + (card.gap ? " gap" : "") + (session.open ? " open" : ""));
  const heading = authored("h2", "prompt", card.prompt, card);
  heading.tabIndex = -1;
  const { topic, kind } = questionOf(id);
  const facts = make("p", "facts", deck.topics[topic][1]);
  if (!isPlain(id)) {
    facts.append(" · ", textElement("span", "", kind), " · ", textElement("span", "", "about_minutes", { n: minutesOf(id) }));
  }
  box.append(top(), facts);
  if (card.from) {
    box.append(authored("p", "facts", card.from, card));
  }
  if (card.wrong) {
    box.append(textElement("p", "kicker", "is_wrong"));
  }
  box.append(heading);
  if (card.code) {
    box.append(authored("div", "prose", card.code));
  }
  if ((card.hints || []).length) {
    box.append(make("ol", "hint-list", ...hintItems(card)));
  }
  if (session.open) {
    box.append(...answerParts(id, card));
  } else if (!card.gap) {
    box.append(make("details", "own", textElement("summary", "", "write_answer"), label(make("textarea"), "write_answer")));
  }
  show(store.trouble && trouble(), box, controls(id, card));
  window.triptychShown(box);
  const place = session.open ? ".said, h3" : ".hint-list li:last-child";
  const focus = box.querySelector(place) || heading;
  focus.tabIndex = -1;
  focus.focus({ preventScroll: true });
  scrollTo(0, 0);
  if (session.open && focus.getBoundingClientRect().top > innerHeight / 2) {
    focus.scrollIntoView();
  }
}

function hintItems(card) {
  return card.hints.slice(0, session.hints).map((hint) => authored("li", "", hint, card));
}

// How far one is, and a clock that a tap hides.
function top() {
  const total = session.done.length + session.queue.length;
  const meter = label(make("progress"), "done_of", { n: session.done.length, total });
  meter.max = total;
  meter.value = session.done.length;
  return make("div", "card-top", meter, clock(() => Date.now() - session.since));
}

let ticking;

function clock(elapsed) {
  clearInterval(ticking);
  const face = make("button", "clock");
  face.type = "button";
  const update = () => {
    const isOff = recall("clock") === "off";
    face.textContent = isOff ? phrase("clock") : clockText(elapsed());
    label(face, isOff ? "clock_show" : "clock_hide");
  };
  face.addEventListener("click", () => {
    remember("clock", recall("clock") === "off" ? "on" : "off");
    update();
  });
  ticking = setInterval(update, 1000);
  update();
  return face;
}

function answerParts(id, card) {
  const parts = [];
  const points = rubricOf(card);
  if (points.length) {
    const boxes = points.map(([key, html]) => {
      const field = make("input");
      field.type = "checkbox";
      field.checked = session.ticked.includes(key);
      field.addEventListener("change", () => {
        session = ticked(session, key);
        suggest(card);
      });
      return make("li", "", make("label", "", field, authored("span", "", html, card)));
    });
    const list = label(make("ul", "", ...boxes), "what_said");
    parts.push(make("section", "rubric", textElement("h3", "said", "what_said"), list));
  }
  const add = (key, html, className) => {
    if (html) {
      parts.push(make("section", "", textElement("h3", "", key), authored("div", className, html, card)));
    }
  };
  add("in_short", card.summary, "in-short");
  add("answer", card.answer, isPlain(id) ? "prose in-short" : "prose");
  parts.push(followUp(id, card), more(id));
  return parts.filter(Boolean);
}

// One follow-up each time, the next one at the next review.
function followUp(id, card) {
  const all = (!id.includes("/") && card.follow) || [];
  if (!all.length) {
    return undefined;
  }
  const [, prompt, text] = all[((store.all.cards.get(id) || {}).reviews || 0) % all.length];
  const fold = make("details", "part", authored("summary", "", prompt, card), authored("div", "prose", text, card));
  return make("section", "", textElement("h3", "", "and_then"), fold);
}

function more(id) {
  const link = textElement("a", "", "more_on_page");
  const [question, slug] = id.split("/");
  link.href = root + "q/" + question + ".html#" + (slug && slug !== "cloze" && slug !== "fill-in" ? slug : "Read");
  return make("p", "facts more", link);
}

function suggest(card) {
  const points = rubricOf(card).length;
  const value = session.ticked.length ? suggestion(session.ticked.length, points, session.hints) : 0;
  app.querySelectorAll("[data-grade]").forEach((element) => {
    element.toggleAttribute("data-suggested", Number(element.dataset.grade) === value);
    element.setAttribute("aria-describedby", Number(element.dataset.grade) === value ? "Suggested" : "");
  });
  return value;
}

// The bar at the bottom of the screen: the main act, and beside it the others.
function actsBar(main, ...others) {
  return make("div", "card-bar", make("div", "grades", main), make("div", "tools", ...others));
}

function controls(id, card) {
  const bottom = make("div", "card-bar");
  const main = make("div", "grades");
  if (session.open) {
    main.setAttribute("role", "group");
    label(main, "how_well");
    const known = (store.all.cards.get(id) || {}).memory;
    ["again", "hard", "good", "easy"].forEach((name, at) => {
      const now = Date.now();
      const next = reviewed(known, at + 1, now).due - now;
      const element = button("", name, () => grade(at + 1));
      element.dataset.grade = at + 1;
      element.append(" ", mark(make("small", "", spanText(next)), "short_days"));
      main.append(element);
    });
  } else {
    main.append(button("primary", "show_answer", () => go(opened(session))));
  }
  const tools = make("div", "tools");
  const hints = (card.hints || []).length;
  if (!session.open && session.hints < hints) {
    const hint = button("", "hint_of", () => go(hinted(session)), { n: session.hints + 1, total: hints });
    hint.dataset.hint = "";
    tools.append(hint);
  }
  if (session.past) {
    tools.append(button("", "undo", undo));
  }
  const starButton = button("", "star", () => star(starButton));
  starButton.dataset.star = "";
  starButton.setAttribute("aria-pressed", String(isStarred(id)));
  tools.append(starButton, button("", "suspend", suspend), button("", "end", endSession));
  const said = textElement("span", "", "suggested");
  said.id = "Suggested";
  said.hidden = true;
  bottom.append(main, tools, said);
  setTimeout(() => session.open && suggest(card));
  return bottom;
}
