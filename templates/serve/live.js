// Follows the builds of `triptych serve`; no file in dist/ refers to it.
(function () {
  "use strict";
  var shownBuild = document.currentScript.dataset.build;
  var panel = null;
  var stream = null;

  function hide() {
    if (panel) {
      panel.remove();
      panel = null;
    }
  }

  function element(name, text) {
    var made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // "2 errors and 1 warning"
  function counts(problems) {
    return ["error", "warning", "hint"]
      .map(function (severity) {
        var number = problems.reduce(function (sum, problem) {
          return sum + (problem.severity === severity ? problem.count : 0);
        }, 0);
        return number && number + " " + severity + (number === 1 ? "" : "s");
      })
      .filter(Boolean)
      .join(" and ");
  }

  function item(problem) {
    var made = document.createElement("li");
    made.className = "triptych-" + (problem.severity || "more");
    if (problem.place) {
      var place = element(problem.link ? "a" : "span", problem.place);
      if (problem.link) {
        place.href = problem.link;
      }
      made.append(place, " ");
    }
    if (problem.severity) {
      made.append(element("b", problem.severity), " ");
    }
    made.append(problem.message);
    if (problem.rule) {
      made.append(" ", element("code", problem.rule));
    }
    if (problem.line) {
      made.append(element("pre", problem.line));
    }
    if (problem.hint) {
      made.append(element("p", problem.hint));
    }
    if (problem.others) {
      made.append(element("p", problem.others));
    }
    return made;
  }

  // Hints are folded in a corner until they are opened.
  function showHints(problems) {
    var open = panel !== null && panel.open === true;
    hide();
    panel = document.createElement("details");
    panel.open = open;
    panel.className = "triptych-hints";
    panel.setAttribute("lang", "en");
    panel.setAttribute("dir", "ltr");
    var list = document.createElement("ul");
    list.append.apply(list, problems.map(item));
    panel.append(element("summary", counts(problems)), list);
    document.body.append(panel);
  }

  function isHint(problem) {
    return problem.severity === "hint" || !problem.severity;
  }

  function show(problems) {
    hide();
    panel = document.createElement("section");
    panel.className = "triptych-problems";
    panel.setAttribute("role", "alert");
    panel.setAttribute("lang", "en");
    panel.setAttribute("dir", "ltr");
    panel.tabIndex = 0;
    panel.setAttribute("aria-label", "Problems in the content");
    var close = element("button", "Hide");
    close.type = "button";
    close.addEventListener("click", hide);
    var title = shownBuild
      ? "What you see is the last build without errors"
      : "There was no build without errors yet";
    var list = document.createElement("ul");
    list.append.apply(list, problems.map(item));
    panel.append(close, element("h2", counts(problems)), element("p", title), list);
    document.body.append(panel);
  }

  function showState(event) {
    var state = JSON.parse(event.data);
    if (state.build && state.build !== shownBuild) {
      location.reload();
    } else if (state.problems.length && state.problems.every(isHint)) {
      showHints(state.problems);
    } else if (state.problems.length) {
      show(state.problems);
    } else {
      hide();
    }
  }

  // Browsers open few connections to one server: pages out of sight leave theirs.
  function follow() {
    if (document.hidden && stream) {
      stream.close();
      stream = null;
    } else if (!document.hidden && !stream) {
      stream = new EventSource("/__triptych__/events");
      stream.addEventListener("message", showState);
    }
  }

  // A question's page leads to its cards, and back.
  function addCardsLink() {
    var page = location.pathname.match(/^\/q\/([^/]+)\.html$/);
    if (page) {
      var link = element("a", "Cards");
      link.className = "triptych-to-cards";
      link.href = "/__triptych__/cards/" + page[1] + ".html";
      link.lang = "en";
      document.body.append(link);
    }
  }

  addCardsLink();
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", function () {
    if (stream) {
      stream.close();
      stream = null;
    }
  });
  addEventListener("pageshow", follow);
  follow();
})();
