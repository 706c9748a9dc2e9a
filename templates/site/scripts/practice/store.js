// The log in the browser's storage, which may be missing, full, denied or broken. What
// cannot be kept stays in this page, and one sentence says so.
const store = { rows: [], all: undefined, trouble: "", saved: 0, device: "" };
const DAYS_AHEAD = 60;

function keyOf(name) {
  return "triptych:" + deck.deck + ":" + name;
}

function recall(name) {
  try {
    return localStorage.getItem(keyOf(name)) || "";
  } catch (_) {
    return "";
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(keyOf(name), value);
    return true;
  } catch (error) {
    store.trouble = error.name === "QuotaExceededError" ? "storage_full" : "storage_off";
    return false;
  }
}

// The rows in storage. Another tab may have added some since.
function storedRows() {
  const text = recall("progress");
  if (!text) {
    return [];
  }
  const found = readLog(text, deck.deck);
  if (found.problem === "newer_progress") {
    store.trouble = "storage_newer";
    return [];
  }
  if (found.problem || found.lost) {
    // What is broken is put aside as it is, and what can be read goes on.
    remember("broken", text);
    const rows = found.rows || salvaged(text);
    store.trouble = "storage_broken";
    store.saved = rows.length;
    return rows;
  }
  return found.rows;
}

function openStore() {
  store.device = recall("device") || deviceWord(Math.random);
  remember("device", store.device);
  store.rows = storedRows();
  if (store.trouble === "storage_broken") {
    remember("progress", written(deck.deck, store.rows));
  }
  refold();
}

function refold() {
  store.all = folded(store.rows, deck.aliases);
}

// Adds rows, and drops those of an undone step. What this shows is stored already.
function record(added, dropped = []) {
  const gone = new Set(dropped.map((row) => JSON.stringify(row)));
  const rows = merged([...storedRows(), ...store.rows], added);
  store.rows = rows.filter((row) => !gone.has(JSON.stringify(row)));
  const isKept = store.trouble !== "storage_newer" && remember("progress", written(deck.deck, store.rows));
  if (isKept && store.trouble !== "storage_broken") {
    store.trouble = "";
  }
  refold();
  remember("due", JSON.stringify(dueAhead()));
  return isKept;
}

// For the home page: how many questions are due on each day, and their minutes.
function dueAhead() {
  const days = {};
  const asked = new Set(pool({}));
  store.all.cards.forEach(({ memory, suspended: isOut }, id) => {
    if (memory && !isOut && asked.has(id)) {
      const day = new Date(Math.max(memory.due, Date.now())).setHours(0, 0, 0, 0);
      const [count, time] = days[day] || [0, 0];
      days[day] = [count + 1, time + minutesOf(id)];
    }
  });
  const found = Object.entries(days).map(([day, own]) => [Number(day), ...own]);
  return found.sort((one, other) => one[0] - other[0]).slice(0, DAYS_AHEAD);
}

function backup() {
  try {
    return JSON.parse(recall("backup")) || {};
  } catch (_) {
    return {};
  }
}

// Reviews since the last backup; a reminder that was put off is not shown for a week.
function unsaved() {
  const { reviews = 0, quiet = 0 } = backup();
  return { count: store.all.reviews - reviews, isQuiet: Date.now() < quiet };
}

function noteBackup(change) {
  remember("backup", JSON.stringify({ ...backup(), ...change }));
}
