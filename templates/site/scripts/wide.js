// What is wider than its column can be scrolled with the keyboard, and nothing that
// fits is a stop. A link may hold no stop of its own: it leads to where there is one.
const wide = ".math-display,.math-long,.table,:not(.table)>table,pre";
const sizes = new ResizeObserver((changes) => {
  changes.forEach((change) => {
    const box = change.target.closest(wide);
    if (box.scrollWidth > box.clientWidth + 1 && !box.closest("a")) {
      box.tabIndex = 0;
    } else {
      box.removeAttribute("tabindex");
    }
  });
});

