// What a search shows: places first, in one line, then questions.
const GROUPS = ["topics", "kinds", "difficulties", "tags", "companies", "guides"];
// What one of each is called.
const NAMES = ["topic", "kind", "difficulties", "tag", "company", "guide"];
const MAX_HITS = 10;
const MAX_PLACES = 4;

// Text with the words in it that were looked for marked.
function marked(text, terms, words) {
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(wholeWords)) {
    const own = termsOf(found[0]);
    const hit = own.some((term) => terms.has(term) && (term.length > 2 || hasUnspaced.test(term)));
    if (hit) {
      parts.push(text.slice(done, found.index), make("mark", "", found[0]));
      done = found.index + found[0].length;
    }
  }
  return [...parts, text.slice(done)];
}

async function questionItem(number, terms) {
  const [title, id, minutes, short] = await pageAt(number);
  if (!index.flags) {
    await load("flags");
  }
  const { kind, level } = flagsOf(number);
  const { kinds, levels, words } = index.root;
  const link = make("a", "", ...marked(title, terms));
  link.href = root + "q/" + id + ".html";
  const facts = make("small");
  const said = [kinds[kind], levels[level]].filter(Boolean).map((forms) => saying(make("span"), forms));
  said.push(make("span", "", topicOf(number)[1]));
  if (minutes) {
    said.push(saying(make("span"), words.minutes, minutes));
  }
  said.forEach((part, at) => facts.append(at ? " · " : "", part));
  return make("li", "", link, facts, make("p", "", ...marked(short, terms)));
}

async function placeItem(number) {
  const [title, url, at] = await pageAt(number);
  const group = GROUPS[at];
  const link = make("a", "", title);
  link.href = root + (url || group + "/" + title + ".html");
  return make("li", "", link, " ", saying(make("small"), index.root.words[NAMES[at]]));
}

async function results(query, filters) {
  const { questions, words } = index.root;
  const asked = [...new Set(termsOf(query))];
  const passes = await filterFor(filters);
  if (!asked.length) {
    const every = FILTERS.some((name) => filters[name]) ? [...Array(questions).keys()].filter(passes) : [];
    return { count: every.length, numbers: every, hits: await Promise.all(every.slice(0, 50).map((at) => questionItem(at, new Set()))) };
  }
  const { ranked, terms } = await rank(asked);
  const found = ranked.filter(([number]) => number < questions && passes(number)).map(([number]) => number);
  const whole = ranked.filter(([number, , hasAll]) => number >= questions && hasAll);
  const best = await titlesFirst(found.slice(0, MAX_HITS), asked);
  return {
    count: found.length,
    numbers: best,
    hits: await Promise.all(best.map((number) => questionItem(number, terms))),
    places: await Promise.all(whole.slice(0, MAX_PLACES).map(([number]) => placeItem(number))),
    suggestions: found.length ? [] : await suggested(asked),
  };
}
