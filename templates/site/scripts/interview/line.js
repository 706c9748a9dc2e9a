// One line about the days until an interview.
window.triptychInterview = (line, ids) => {
  const { left, unseen, pace, end, recall: share } = outlook(
    ids, store.all.cards, store.all.interview, Date.now(),
  );
  line.replaceChildren();
  // A file that was brought in may name a day that is none.
  if (Number.isNaN(left)) {
    return;
  }
  if (left < 0) {
    setText(line, "interview_over");
  } else if (unseen) {
    line.append(textElement("span", "", left ? "interview_pace" : "interview_today", { n: unseen, pace, day: dayName(end) }));
  } else {
    line.append(textElement("span", "", "interview_all_seen"));
  }
  if (left >= 0 && share) {
    line.append(" ", textElement("span", "", "interview_recall", { percent: Math.round(100 * share) }));
  }
};
