// One session: a queue of questions, and what has happened to the first of them. Each step
// returns a new session, so that undoing is going back to the one before.

function begun(ids, now) {
  return { queue: ids, open: false, hints: 0, ticked: [], since: now, started: now, done: [], past: undefined };
}

function opened(session) {
  return { ...session, open: true };
}

function hinted(session) {
  return { ...session, hints: session.hints + 1 };
}

function ticked(session, point) {
  const has = session.ticked.includes(point);
  const points = has ? session.ticked.filter((other) => other !== point) : [...session.ticked, point];
  return { ...session, ticked: points };
}

function moved(session, queue, done, rows, now) {
  return { ...session, queue, done, open: false, hints: 0, ticked: [], since: now, past: { session, rows } };
}

// What was forgotten is asked once more before the session ends.
function graded(session, grade, { points, device, now }) {
  const [id, ...rest] = session.queue;
  const missed = session.ticked.length ? points.filter((point) => !session.ticked.includes(point)) : [];
  const row = [now, id, grade, missed, device];
  const queue = grade === AGAIN ? [...rest, id] : rest;
  const entry = { id, grade, missed, taken: now - session.since };
  return moved(session, queue, [...session.done, entry], [row], now);
}

function suspended(session, device, now) {
  const [id] = session.queue;
  const queue = session.queue.filter((other) => other !== id);
  return moved(session, queue, session.done, [[now, id, "suspend", [], device]], now);
}
