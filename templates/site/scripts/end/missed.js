// The points that were missed in a session, the most frequent first.
function missedPoints(done) {
  const counts = new Map();
  done.forEach(({ id, missed }) => {
    missed.forEach((point) => {
      const key = id + " " + point;
      counts.set(key, { id, point, count: ((counts.get(key) || {}).count || 0) + 1 });
    });
  });
  return [...counts.values()].sort((one, other) => other.count - one.count);
}
