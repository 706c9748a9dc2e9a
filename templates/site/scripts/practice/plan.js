// What to ask next, and how well it is known.
const STATES = ["known", "learning", "weak", "unseen"];
const KNOWN_DAYS = 21;
const WEAK_RECALL = 0.7;
const HINT_COST = 0.15;

function endOfDay(now) {
  return new Date(now).setHours(24, 0, 0, 0);
}

function stateOf(card, now) {
  if (!card || !card.memory) {
    return "unseen";
  }
  const { memory } = card;
  if (card.grade === AGAIN || memory.phase === "relearning" || retrievability(memory, now) < WEAK_RECALL) {
    return "weak";
  }
  return memory.phase === "review" && memory.stability >= KNOWN_DAYS ? "known" : "learning";
}

// A short step is due to the minute, anything else at some time of its day.
function isDue(card, now) {
  if (!card || !card.memory || card.suspended) {
    return false;
  }
  return card.memory.due <= (card.memory.phase === "review" ? endOfDay(now) - 1 : now);
}

function dueIds(ids, cards, now) {
  const recall = (id) => retrievability(cards.get(id).memory, now);
  const due = ids.filter((id) => isDue(cards.get(id), now));
  return due.sort((one, other) => recall(one) - recall(other) || (one < other ? -1 : 1));
}

function newIds(ids, cards) {
  return ids.filter((id) => !cards.has(id) || (!cards.get(id).memory && !cards.get(id).suspended));
}

function weakIds(ids, cards, now) {
  return ids.filter((id) => stateOf(cards.get(id), now) === "weak" && !cards.get(id).suspended);
}

function counted(ids, cards, now) {
  const counts = { known: 0, learning: 0, weak: 0, unseen: 0 };
  ids.forEach((id) => {
    counts[stateOf(cards.get(id), now)] += 1;
  });
  return counts;
}

// The grade that the ticked points suggest; the learner decides.
function suggestion(ticked, points, hints) {
  const share = (points ? ticked / points : 1) - HINT_COST * hints;
  if (share < 0.4) {
    return AGAIN;
  }
  if (share < 0.7) {
    return HARD;
  }
  return share < 1 || !points ? GOOD : EASY;
}

// Questions answered on each of the last days, and due on each of the next.
function lately(rows, days, now) {
  const first = endOfDay(now) - days * DAY_MS;
  const counts = Array(days).fill(0);
  rows.forEach(([moment, , what]) => {
    const at = Math.floor((moment - first) / DAY_MS);
    if (at >= 0 && at < days && typeof what === "number") {
      counts[at] += 1;
    }
  });
  return counts;
}
