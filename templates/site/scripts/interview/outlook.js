// How many questions a day, and until when; how much is recalled on the day itself.
function outlook(ids, cards, day, now) {
  const [year, month, date] = day.split("-").map(Number);
  const at = new Date(year, month - 1, date).getTime();
  const left = Math.round((at - new Date(now).setHours(0, 0, 0, 0)) / DAY_MS);
  const unseen = newIds(ids, cards).length;
  const pace = Math.max(1, Math.ceil(unseen / Math.max(1, left)));
  const days = Math.max(0, Math.ceil(unseen / pace) - 1);
  const seen = ids.map((id) => cards.get(id)).filter((card) => card && card.memory);
  const recall = seen.reduce((sum, card) => sum + retrievability(card.memory, at), 0);
  return {
    left,
    unseen,
    pace,
    end: new Date(now).setHours(12, 0, 0, 0) + days * DAY_MS,
    recall: seen.length ? recall / seen.length : 0,
  };
}
