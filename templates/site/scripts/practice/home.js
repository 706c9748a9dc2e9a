// The first screen: what is due, what is new, and how far one has come.
const REMIND_AFTER_REVIEWS = 20;
const NEW_QUESTIONS_AT_ONCE = 5;
const NEW_CARDS_AT_ONCE = 15;
const LATELY_DAYS = 14;
const FIRST_START = ".starts a";
let nextFocus = "";
const app = document.querySelector("[data-practice]");

function show(...parts) {
  app.replaceChildren(...parts.filter(Boolean));
}

function inSession(is) {
  page.toggleAttribute("data-session", is);
}

// The address says from which questions: of a topic, a tag, or these.
function asked() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

function pool({ topic, tag, ids }) {
  const only = ids && ids.split(".");
  const isIn = (question) =>
    (!topic || deck.topics[question.topic][0] === topic) &&
    (!tag || question.tags.includes(tag)) &&
    (!only || only.includes(question.id));
  const found = [...deck.questions.values()].filter(isIn);
  const small = recall("small") && !only;
  return found.flatMap(({ id, slugs }) => {
    const parts = slugs.map((slug) => id + "/" + slug);
    return isPlain(id) ? parts : [id, ...(small ? parts : [])];
  });
}

// So many new ones that it is enough for once; plain cards take less time.
function firstFew(ids) {
  let share = 0;
  return ids.filter((id) => {
    share += 1 / (isPlain(id) ? NEW_CARDS_AT_ONCE : NEW_QUESTIONS_AT_ONCE);
    return share < 1.01;
  });
}

// Whether there is a question, and not plain cards alone.
function hasQuestions() {
  return [...deck.questions.values()].some(({ kind }) => kind !== "cards");
}

function chosen(start, filter) {
  const ids = pool(filter);
  const { cards } = store.all;
  const now = Date.now();
  const kinds = {
    due: () => dueIds(ids, cards, now),
    new: () => firstFew(newIds(ids, cards)),
    weak: () => weakIds(ids, cards, now),
    starred: () => ids.filter((id) => cards.has(id) && cards.get(id).starred),
    all: () => ids.filter((id) => !cards.has(id) || !cards.get(id).suspended),
  };
  return (Object.hasOwn(kinds, start) ? kinds[start] : kinds.all)();
}

function addressOf(start, { topic, tag }) {
  const kept = Object.entries({ start, topic, tag }).filter(([, value]) => value);
  return "#" + new URLSearchParams(kept);
}

function startLink(start, filter, isFirst) {
  const ids = chosen(start, filter);
  if (!ids.length) {
    return undefined;
  }
  const link = make("a", isFirst ? "primary" : "start-link");
  link.href = addressOf(start, filter);
  link.append(textElement("span", "", "start_" + start, { n: ids.length }));
  link.append(" ", textElement("small", "", "about_minutes", { n: minutes(ids) }));
  return make("li", "", link);
}

function starts(filter) {
  const list = make("ul", "starts");
  ["due", "new", "weak", "starred"].forEach((start) => {
    const item = startLink(start, filter, !list.children.length);
    if (item) {
      list.append(item);
    }
  });
  if (hasQuestions()) {
    list.append(mockLink(!list.children.length));
  }
  return list;
}

function nothingDue(filter) {
  if (!store.all.reviews || chosen("due", filter).length) {
    return undefined;
  }
  const ids = new Set(pool(filter));
  const later = [...store.all.cards].filter(([id, card]) => ids.has(id) && card.memory && !card.suspended);
  const [next] = later.map(([, { memory }]) => memory).sort((one, other) => one.due - other.due);
  if (!next) {
    return textElement("p", "facts", "nothing_due");
  }
  // A short step comes in minutes, also when midnight is among them.
  return next.phase === "review"
    ? textElement("p", "facts", "next_due", { day: dayName(next.due) })
    : textElement("p", "facts", "next_soon", { time: spanText(next.due - Date.now()) });
}

function fromChoice(filter) {
  if (deck.topics.length < 2 && !filter.tag) {
    return undefined;
  }
  const select = make("select");
  const add = (text, value, isChosen) => {
    const option = make("option", "", text);
    option.value = value;
    option.selected = isChosen;
    select.append(option);
    return option;
  };
  mark(add(phrase("all_topics"), "", !filter.topic), "all_topics");
  deck.topics.forEach(([id, title]) => add(title, "topic=" + encodeURIComponent(id), filter.topic === id));
  if (filter.tag) {
    add(filter.tag, "tag=" + encodeURIComponent(filter.tag), true);
  }
  select.addEventListener("change", () => {
    nextFocus = ".from select";
    location.hash = select.value;
  });
  return make("p", "from", make("label", "", textElement("span", "", "from"), " ", select));
}

function interview(filter) {
  const field = make("input");
  field.type = "date";
  field.value = store.all.interview;
  const line = make("p", "facts");
  line.setAttribute("role", "status");
  const showLine = () => {
    line.replaceChildren();
    if (store.all.interview) {
      loadOnce("interview.js").then(() => triptychInterview(line, pool(filter)));
    }
  };
  field.addEventListener("change", () => {
    record([[Date.now(), "", "interview", field.value ? [field.value] : [], store.device]]);
    showLine();
  });
  showLine();
  return make("div", "interview", make("p", "", make("label", "", textElement("span", "", "interview_on"), " ", field)), line);
}

function bar(counts, total) {
  const box = make("span", "known-bar");
  STATES.slice(0, 3).forEach((state) => {
    const part = make("span", state);
    part.style.width = (100 * counts[state]) / total + "%";
    box.append(part);
  });
  return box;
}

function progress() {
  const list = make("ul", "topics quiet");
  deck.topics.forEach(([topic, title]) => {
    const ids = pool({ topic });
    const counts = counted(ids, store.all.cards, Date.now());
    const link = make("a", "", title);
    link.href = addressOf("mixed", { topic });
    const facts = make("small");
    STATES.filter((state) => counts[state]).forEach((state, at) => {
      facts.append(at ? " · " : "", textElement("span", "", "state_" + state, { n: counts[state] }));
    });
    list.append(make("li", "", link, bar(counts, ids.length), facts));
  });
  return make("section", "", textElement("h2", "", "progress"), list);
}

function dots() {
  const counts = lately(store.rows, LATELY_DAYS, Date.now());
  const box = make("p", "dots");
  box.setAttribute("role", "img");
  label(box, "last_days", { n: counts.filter(Boolean).length, days: LATELY_DAYS });
  counts.forEach((count) => {
    box.append(make("span", count ? "on" : ""));
  });
  return box;
}

function suspendedIds() {
  return pool({}).filter((id) => (store.all.cards.get(id) || {}).suspended);
}

function switches() {
  const out = suspendedIds();
  const resume = () => {
    record(out.map((id) => [Date.now(), id, "resume", [], store.device]));
    showHome(FIRST_START);
  };
  return make(
    "p",
    "acts",
    out.length && button("", "resume", resume, { n: out.length }),
    hasQuestions() && toggle("small_cards", Boolean(recall("small")), (on) => {
      remember("small", on ? "1" : "");
      showHome("[role=switch]");
    }),
    toggle("clock_on", recall("clock") !== "off", (on) => remember("clock", on ? "on" : "off")),
  );
}

// Of the weak questions those that a search in Anki finds: some imported ones have no id there.
function weakInAnki() {
  const weak = weakIds(pool({}), store.all.cards, Date.now());
  return weak.filter((id) => !deck.unsearchable.includes(id));
}

function files() {
  const host = make("div");
  const acts = [store.rows.length && backUpButton(), bringInButton(host), weakInAnki().length && weakInAnkiButton(host)];
  host.append(make("p", "acts", ...acts));
  const explained = location.protocol === "file:" ? "files_here" : "files_browser";
  return make(
    "section", "", textElement("h2", "", "files"), textElement("p", "facts", explained),
    textElement("p", "facts", "from_anki"), host,
  );
}

function reminder() {
  const { count, isQuiet } = unsaved();
  if (count < REMIND_AFTER_REVIEWS || isQuiet) {
    return undefined;
  }
  const later = button("", "later", () => {
    noteBackup({ quiet: Date.now() + 7 * DAY_MS });
    showHome(FIRST_START);
  });
  return make("div", "notice", textElement("p", "", "backup_reminder", { n: count }), make("p", "acts", backUpButton(), later));
}

function trouble() {
  const line = make("p", "notice");
  line.setAttribute("role", "status");
  return store.trouble ? setText(line, store.trouble, { n: store.saved }) : undefined;
}

// The element in focus is replaced by a new one: `focus` says which gets the focus.
function showHome(focus = nextFocus) {
  nextFocus = "";
  inSession(false);
  const filter = asked();
  const isNew = !store.all.reviews;
  show(
    trouble(),
    isNew && textElement("p", "lead", "first_time"),
    nothingDue(filter),
    starts(filter),
    fromChoice(filter),
    hasQuestions() && interview(filter),
    !isNew && progress(),
    !isNew && dots(),
    switches(),
    reminder(),
    files(),
  );
  const target = focus && app.querySelector(focus);
  if (target) {
    target.focus();
  }
}
