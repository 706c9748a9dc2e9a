// Comforts only: every page reads the same without this file.
(function () {
  "use strict";
  var script = document.currentScript;
  var page = document.documentElement;

  function each(selector, action) {
    document.querySelectorAll(selector).forEach(action);
  }

  // A word comes with its language where that is not the page's.
  function say(element, word) {
    var language = script.dataset[word + "Lang"];
    element.textContent = script.dataset[word];
    if (language) {
      element.lang = language;
    } else {
      element.removeAttribute("lang");
    }
  }

  // The theme: a choice that agrees with the system is no choice worth keeping.
  var system = matchMedia("(prefers-color-scheme: dark)");
  var button = document.querySelector(".theme");

  function isDark() {
    return page.dataset.theme ? page.dataset.theme === "dark" : system.matches;
  }

  function showTheme() {
    button.setAttribute("aria-pressed", String(isDark()));
  }

  function toggleTheme() {
    var theme = isDark() ? "light" : "dark";
    var own = (theme === "dark") !== system.matches;
    if (own) {
      page.dataset.theme = theme;
    } else {
      delete page.dataset.theme;
    }
    showTheme();
    try {
      if (own) {
        localStorage.setItem("triptych:theme", theme);
      } else {
        localStorage.removeItem("triptych:theme");
      }
    } catch (_) {
      // Storage is off: the choice lasts for this page.
    }
  }

  if (button) {
    button.hidden = false;
    button.addEventListener("click", toggleTheme);
    system.addEventListener("change", showTheme);
    showTheme();
  }

  // Code: one button a block.
  if (navigator.clipboard) {
    each(".code", function (box) {
      var copy = document.createElement("button");
      copy.type = "button";
      copy.className = "copy";
      say(copy, "copy");
      copy.addEventListener("click", function () {
        navigator.clipboard.writeText(box.querySelector("code").textContent).then(function () {
          say(copy, "copied");
          setTimeout(function () {
            say(copy, "copy");
          }, 2000);
        });
      });
      box.append(copy);
    });
  }

  // What is wider than its column can be scrolled with the keyboard, and nothing that
  // fits is a stop. A link may hold no stop of its own: it leads to where there is one.
  var wide = ".math-display, .math-long, .table, :not(.table) > table, pre";
  var sizes = new ResizeObserver(function (changes) {
    changes.forEach(function (change) {
      var box = change.target.closest(wide);
      if (box.scrollWidth > box.clientWidth + 1 && !box.closest("a")) {
        box.tabIndex = 0;
      } else {
        box.removeAttribute("tabindex");
      }
    });
  });
  each(wide, function (box) {
    sizes.observe(box);
    sizes.observe(box.firstElementChild || box);
  });

  // Follow-ups: open for reading, closed in one go for trying oneself.
  each("[data-hide]", function (toggle) {
    var parts = toggle.closest("section").querySelectorAll("details.part");
    toggle.hidden = false;
    toggle.addEventListener("click", function () {
      var open = toggle.getAttribute("aria-pressed") === "true";
      parts.forEach(function (part) {
        part.open = open;
      });
      toggle.setAttribute("aria-pressed", String(!open));
    });
  });

  // Over the network only: a file has no worker, and a preview wants no cache.
  if (location.protocol.indexOf("http") === 0 && !page.hasAttribute("data-preview")) {
    var manifest = document.createElement("link");
    manifest.rel = "manifest";
    manifest.href = page.dataset.root + "site.webmanifest";
    document.head.append(manifest);
    if (navigator.serviceWorker) {
      navigator.serviceWorker.register(page.dataset.root + "sw.js");
    }
  }
})();
