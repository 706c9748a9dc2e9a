// When to ask again: FSRS-6 by its published formulas, with its default weights.
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const AGAIN = 1;
const HARD = 2;
const GOOD = 3;
const EASY = 4;
const RETENTION = 0.9;
const MAX_DAYS = 36_500;
const MIN_STABILITY = 0.001;
// A question takes minutes to answer, so one short step is enough.
const STEPS = { learning: [10 * MINUTE_MS], relearning: [10 * MINUTE_MS] };
const WEIGHTS = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
  1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
const DECAY = -WEIGHTS[20];
const FACTOR = Math.pow(RETENTION, 1 / DECAY) - 1;

function within(low, value, high) {
  return Math.min(Math.max(value, low), high);
}

function wholeDays(from, to) {
  return Math.floor((to - from) / DAY_MS);
}

// How surely a question is remembered at a moment, from 0 to 1.
function retrievability(card, now) {
  if (!card.stability) {
    return 0;
  }
  return Math.pow(1 + (FACTOR * Math.max(0, wholeDays(card.last, now))) / card.stability, DECAY);
}

// Halves are rounded to the even number, as in Python.
function rounded(value) {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

function daysUntilDue(stability) {
  const days = (stability / FACTOR) * (Math.pow(RETENTION, 1 / DECAY) - 1);
  return within(1, rounded(days), MAX_DAYS);
}

function firstDifficulty(grade) {
  return WEIGHTS[4] - Math.exp(WEIGHTS[5] * (grade - 1)) + 1;
}

function nextDifficulty(difficulty, grade) {
  const change = -WEIGHTS[6] * (grade - 3);
  const damped = difficulty + ((10 - difficulty) * change) / 9;
  return within(1, WEIGHTS[7] * firstDifficulty(EASY) + (1 - WEIGHTS[7]) * damped, 10);
}

// The second review of a day changes the stability by little.
function sameDayStability(stability, grade) {
  let growth = Math.exp(WEIGHTS[17] * (grade - 3 + WEIGHTS[18])) * Math.pow(stability, -WEIGHTS[19]);
  if (grade !== AGAIN) {
    growth = Math.max(growth, 1);
  }
  return stability * growth;
}

function forgottenStability({ stability, difficulty }, recall) {
  const later =
    WEIGHTS[11] *
    Math.pow(difficulty, -WEIGHTS[12]) *
    (Math.pow(stability + 1, WEIGHTS[13]) - 1) *
    Math.exp((1 - recall) * WEIGHTS[14]);
  return Math.min(later, stability / Math.exp(WEIGHTS[17] * WEIGHTS[18]));
}

function recalledStability({ stability, difficulty }, recall, grade) {
  const growth =
    Math.exp(WEIGHTS[8]) *
    (11 - difficulty) *
    Math.pow(stability, -WEIGHTS[9]) *
    (Math.exp((1 - recall) * WEIGHTS[10]) - 1) *
    (grade === HARD ? WEIGHTS[15] : 1) *
    (grade === EASY ? WEIGHTS[16] : 1);
  return stability * (1 + growth);
}

function nextMemory(card, grade, now) {
  if (!card.stability) {
    return [WEIGHTS[grade - 1], within(1, firstDifficulty(grade), 10)];
  }
  let stability;
  if (wholeDays(card.last, now) < 1) {
    stability = sameDayStability(card.stability, grade);
  } else {
    const recall = retrievability(card, now);
    stability = grade === AGAIN ? forgottenStability(card, recall) : recalledStability(card, recall, grade);
  }
  return [Math.max(stability, MIN_STABILITY), nextDifficulty(card.difficulty, grade)];
}

// The step after this grade and how long it lasts; nothing if the steps are over.
function nextStep(steps, at, grade) {
  const isLast = at >= steps.length;
  if (!steps.length || grade === EASY || (isLast && grade !== AGAIN) || (grade === GOOD && at + 1 === steps.length)) {
    return undefined;
  }
  if (grade === AGAIN) {
    return [0, steps[0]];
  }
  if (grade === GOOD) {
    return [at + 1, steps[at + 1]];
  }
  if (at > 0) {
    return [at, steps[at]];
  }
  return [0, steps.length > 1 ? (steps[0] + steps[1]) / 2 : steps[0] * 1.5];
}

// A question after one more review. `card` is what this returned before, or nothing yet.
function reviewed(card, grade, now, steps = STEPS) {
  const phase = (card && card.phase) || "learning";
  const [stability, difficulty] = nextMemory(card || {}, grade, now);
  const next = { phase, step: undefined, stability, difficulty, last: now };
  let going;
  if (phase !== "review") {
    going = nextStep(steps[phase], card ? card.step : 0, grade);
  } else if (grade === AGAIN && steps.relearning.length) {
    next.phase = "relearning";
    going = [0, steps.relearning[0]];
  }
  if (going) {
    next.step = going[0];
    next.due = now + going[1];
  } else {
    next.phase = "review";
    next.due = now + daysUntilDue(stability) * DAY_MS;
  }
  return next;
}
