// Which questions pass the filters: by kind, difficulty, topic and tag.
const TAGS = 3;
const FILTERS = ["kind", "level", "topic", "tag"];

function flagsOf(number) {
  const flag = index.flags.charCodeAt(number) - 65;
  const kinds = ["concept", "coding", "system-design", "behavioral", "cards"];
  return { kind: kinds[flag >> 2], level: ["", "easy", "medium", "hard"][flag & 3] };
}

function topicOf(number) {
  return index.root.topics.filter((topic) => topic[2] <= number).pop();
}

async function tagged(label) {
  const { questions } = index.root;
  const { ranked } = await rank([...new Set(termsOf(label))]);
  for (const [number] of ranked.filter(([number]) => number >= questions)) {
    const row = await pageAt(number);
    if (row[2] === TAGS && row[0] === label) {
      let at = 0;
      return new Set(row[3].split(".").map((step) => (at += parseInt(step, 36))));
    }
  }
  return new Set();
}

// Returns a function that says whether a question passes the filters.
async function filterFor(filters) {
  if (!index.flags && (filters.kind || filters.level)) {
    await load("flags");
  }
  const withTag = filters.tag && (await tagged(filters.tag));
  return (number) =>
    (!filters.kind || flagsOf(number).kind === filters.kind) &&
    (!filters.level || flagsOf(number).level === filters.level) &&
    (!filters.topic || topicOf(number)[0] === filters.topic) &&
    (!withTag || withTag.has(number));
}
