// The reviews in a package that Anki exported with scheduling, as rows of the log. A note
// of ours has its permanent id in its first field, so a second import adds nothing.
const ANKI = "anki";
const NEW_FORMAT = "collection.anki21b";
const FIELD_END = "\u001f";

async function ankiRows(bytes) {
  try {
    const entries = zipEntries(bytes);
    if (entries.has(NEW_FORMAT)) {
      return { problem: "anki_new_format" };
    }
    const entry = entries.get("collection.anki21") || entries.get("collection.anki2");
    if (!entry) {
      return { problem: "no_progress" };
    }
    return { rows: reviewRows(database(await unzipped(entry))) };
  } catch (_) {
    return { problem: "anki_broken" };
  }
}

function reviewRows(table) {
  const [, clozes] = deck.anki;
  const ids = new Map();
  const withGaps = new Set();
  for (const [id, , , type, , , , fields] of table("notes")) {
    const name = fields.split(FIELD_END)[0];
    if (deck.anki.includes(type) && isOurs(name)) {
      ids.set(id, name);
      if (type === clozes) {
        withGaps.add(id);
      }
    }
  }
  // The second direction of a plain card is not asked here; gaps are asked together.
  const noteOf = new Map();
  for (const [id, , note, , place] of table("cards")) {
    if (!place || withGaps.has(note)) {
      noteOf.set(id, ids.get(note));
    }
  }
  const rows = [];
  for (const [moment, , card, , grade] of table("revlog")) {
    const id = noteOf.get(card);
    if (id) {
      rows.push([moment, id, grade, [], ANKI]);
    }
  }
  // Anki has rows of other kinds, too, which have no grade.
  return rows.filter(isRow);
}

function isOurs(name) {
  const [id] = presentId(name, deck.aliases).split("/");
  return deck.questions.has(id);
}

function showWeak(host) {
  const field = label(make("textarea", "to-copy"), "weak_in_anki");
  field.readOnly = true;
  field.value = weakSearch();
  host.append(textElement("p", "facts", "weak_in_anki_how"), field);
  field.select();
}

// A search that Anki's browser understands: the weak questions, by their ids.
function weakSearch() {
  return weakInAnki().map((id) => '"Id:' + id + '"').join(" OR ");
}
