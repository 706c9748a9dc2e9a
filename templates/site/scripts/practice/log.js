// Progress is a log of rows: moment, id, what happened, points of the rubric, device.
// Rows are added and never changed, so that logs of two devices join to one in any order.
const FORMAT = "triptych-progress";
const VERSION = 1;
const MARKS = ["suspend", "resume", "star", "unstar", "interview"];
const MAX_POINTS = 50;
const LETTERS = ["bdfgklmnprstvz", "aeiou"];

function isRow(row) {
  if (!Array.isArray(row) || row.length !== 5) {
    return false;
  }
  const [moment, id, what, points, device] = row;
  return (
    Number.isSafeInteger(moment) &&
    moment >= 0 &&
    moment < 1e14 &&
    typeof id === "string" &&
    id.length < 300 &&
    ([AGAIN, HARD, GOOD, EASY].includes(what) || MARKS.includes(what)) &&
    Array.isArray(points) &&
    points.length <= MAX_POINTS &&
    points.every((point) => typeof point === "string" && point.length < 40) &&
    typeof device === "string" &&
    /^[a-z]{1,12}$/.test(device)
  );
}

// Rows in the order of their moments, each once.
function ordered(rows) {
  const lines = new Map(rows.map((row) => [JSON.stringify(row), row]));
  return [...lines]
    .sort(([one, first], [other, second]) => first[0] - second[0] || (one < other ? -1 : 1))
    .map(([, row]) => row);
}

function merged(one, other) {
  return ordered([...one, ...other]);
}

// A line for each row, so that what is left of a broken file can be read.
function written(deck, rows) {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, deck }).slice(0, -1);
  return head + ',"rows":[\n' + rows.map((row) => JSON.stringify(row)).join(",\n") + "\n]}\n";
}

// What a file of progress holds: its rows, or the name of what is wrong with it.
function readLog(text, deck) {
  let found;
  try {
    found = JSON.parse(text);
  } catch (_) {
    return { problem: "no_progress" };
  }
  if (!found || found.format !== FORMAT || !Array.isArray(found.rows)) {
    return { problem: "no_progress" };
  }
  if (found.deck !== deck) {
    return { problem: "other_deck", deck: String(found.deck) };
  }
  // A later version of the format gets a number of its own, and reads all before it.
  if (!(found.version >= 1 && found.version <= VERSION)) {
    return { problem: "newer_progress" };
  }
  const rows = found.rows.filter(isRow);
  return { rows: ordered(rows), lost: found.rows.length - rows.length };
}

// The rows that can still be read in a text that is no longer a log.
function salvaged(text) {
  const rows = text.split("\n").map((line) => {
    try {
      return JSON.parse(line.replace(/,$/, ""));
    } catch (_) {
      return undefined;
    }
  });
  return ordered(rows.filter(isRow));
}

// A random word that distinguishes devices, and says nothing else about them.
function deviceWord(random) {
  const letter = (kind) => LETTERS[kind][Math.floor(random() * LETTERS[kind].length)];
  return [0, 1, 0, 1, 0, 1].map(letter).join("");
}

// The present id of a question, or of a part of one.
function presentId(id, aliases) {
  const known = (name) => (Object.hasOwn(aliases, name) ? aliases[name] : name);
  const whole = known(id);
  const at = whole.indexOf("/");
  return at < 0 || whole !== id ? whole : known(known(id.slice(0, at)) + id.slice(at));
}

// Each question as its rows have left it. A former id counts for the present one.
function folded(rows, aliases) {
  const cards = new Map();
  const all = { cards, interview: "", reviews: 0 };
  rows.forEach(([moment, former, what, points]) => {
    if (what === "interview") {
      all.interview = points[0] || "";
      return;
    }
    const id = presentId(former, aliases);
    const card = cards.get(id) || { reviews: 0 };
    cards.set(id, card);
    if (what === "star" || what === "unstar") {
      card.starred = what === "star";
    } else if (what === "suspend" || what === "resume") {
      card.suspended = what === "suspend";
    } else if (!card.memory || card.memory.last !== moment) {
      // The same review may come back by way of Anki; the row with its points is first.
      all.reviews += 1;
      card.reviews += 1;
      card.grade = what;
      card.memory = reviewed(card.memory, what, moment);
    }
  });
  return all;
}
