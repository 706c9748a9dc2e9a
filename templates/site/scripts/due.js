// The home page shows a returning learner what is due. From a folder a browser may keep that for
// the page of the practice alone: then the link stays as it is, which is never wrong.
const box = document.querySelector("[data-due]");

function dueToday() {
  try {
    const days = JSON.parse(localStorage.getItem("triptych:" + box.dataset.due + ":due")) || [];
    const end = new Date().setHours(24, 0, 0, 0);
    const due = days.filter(([day]) => day < end);
    return due.reduce(([count, time], [, more, long]) => [count + more, time + long], [0, 0]);
  } catch (_) {
    return [0, 0];
  }
}

function counted(forms, count) {
  return filled(forms, document.documentElement.lang, { n: count });
}

const [count, time] = dueToday();
if (count) {
  const link = box.querySelector("a");
  const { today, minutes } = JSON.parse(box.dataset.forms);
  link.textContent = counted(today, count);
  link.className = "primary";
  link.hash = "start=due";
  const facts = document.createElement("span");
  facts.textContent = counted(minutes, Math.max(1, Math.round(time)));
  box.append(" ", facts);
  [[link, today], [facts, minutes]].forEach(([element, { lang }]) => {
    if (lang) {
      element.lang = lang;
    }
  });
  const first = document.querySelector(".start .primary:not([data-due] *)");
  if (first) {
    first.className = "second";
    first.parentNode.before(box);
  }
}
