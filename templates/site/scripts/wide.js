// What is wider than its column gets a tab stop, to be scrolled with the keyboard; what
// fits gets none. A link may hold no tab stop: it leads to where there is one.
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

