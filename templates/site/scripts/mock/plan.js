// A mock interview without its page: which questions, how the clock runs, how it is scored.
function seeded(text) {
  let state = 2166136261;
  for (const letter of text) {
    state = Math.imul(state ^ letter.codePointAt(0), 16777619);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(items, random) {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}

// The same seed draws the same questions; no topic twice while there is another one.
function drawn(round, seed, questions) {
  const random = seeded(round.name + " " + seed);
  return Object.entries(round.kinds).flatMap(([kind, count]) => {
    const all = questions.filter((question) => question.kind === kind);
    const mixed = shuffled(all.sort((one, other) => (one.id < other.id ? -1 : 1)), random);
    const seen = {};
    const ranked = mixed.map((question) => {
      seen[question.topic] = (seen[question.topic] || 0) + 1;
      return [seen[question.topic], question.id];
    });
    return ranked.sort((one, other) => one[0] - other[0]).slice(0, count).map(([, id]) => id);
  });
}

function newMock(round, seed, ids) {
  const asked = ids.map(() => ({ spent: 0, hints: 0, ticked: [], said: [], shownFollowUps: 0, notes: "" }));
  return { round: round.name, seed, ids, minutes: round.minutes, at: 0, part: "ready", since: 0, asked };
}

function changed(mock, change) {
  return { ...mock, asked: mock.asked.map((one, at) => (at === mock.at ? { ...one, ...change } : one)) };
}

// The clock stops while the learner judges, and while the page is closed.
function settled(mock, now) {
  if (mock.part !== "ask") {
    return mock;
  }
  return { ...changed(mock, { spent: mock.asked[mock.at].spent + now - mock.since }), since: now };
}

function part(mock, name, now) {
  return { ...settled(mock, now), part: name, since: now };
}

function nextQuestion(mock, now) {
  const isLast = mock.at + 1 === mock.ids.length;
  return isLast ? part(mock, "end", now) : { ...part(mock, "ask", now), at: mock.at + 1 };
}

// A round that is stopped ends with the question that was being asked.
function stopped(mock, now) {
  const count = mock.at + 1;
  const [ids, asked] = [mock.ids, mock.asked].map((all) => all.slice(0, count));
  return { ...part({ ...mock, ids, asked }, "end", now), isStopped: true };
}

// The questions whose answers were compared with the rubric; the others say nothing.
function judged(mock) {
  return mock.isStopped ? mock.ids.slice(0, -1) : mock.ids;
}

// Earlier versions of this script stored the number of follow-ups as `heard`.
function withPresentNames(mock) {
  return { ...mock, asked: mock.asked.map(({ heard = 0, ...one }) => ({ shownFollowUps: heard, ...one })) };
}

// Whether a state that was stored can be gone on with.
function isWhole({ ids, asked, at, part: name, minutes }) {
  return (
    ["ready", "ask", "judge", "end"].includes(name) &&
    Number.isFinite(minutes) &&
    asked.length === ids.length &&
    at in asked &&
    asked.every(({ spent, notes, ticked, said }) => {
      const isTimed = Number.isFinite(spent) && typeof notes === "string";
      return isTimed && Array.isArray(ticked) && Array.isArray(said);
    })
  );
}

function spentOn(mock, at, now) {
  const isRunning = mock.part === "ask" && at === mock.at;
  return mock.asked[at].spent + (isRunning ? now - mock.since : 0);
}

function spentInAll(mock, now) {
  return mock.asked.reduce((sum, _, at) => sum + spentOn(mock, at, now), 0);
}

// The phase that a question is in, by its own clock; the last one does not end.
function phaseAt(phases, spent) {
  let end = 0;
  const at = phases.findIndex(([, minutes]) => {
    end += minutes * MINUTE_MS;
    return spent < end;
  });
  return at < 0 ? phases.length - 1 : at;
}

function scoreOf(one, points) {
  return points ? one.ticked.length / points : undefined;
}

// Three questions to study: those of which the least was said.
function toStudy(mock, points) {
  const scored = mock.ids.map((id, at) => [scoreOf(mock.asked[at], points[at]) ?? 1, id, at]);
  return scored
    .filter(([score, , at]) => score < 1 || mock.asked[at].said.length)
    .sort((one, other) => one[0] - other[0])
    .slice(0, 3)
    .map(([, id]) => id);
}
