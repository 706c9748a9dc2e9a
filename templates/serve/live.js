// Follows the builds of `triptych serve`; no file in dist/ knows of it.
(function () {
  "use strict";
  var shown = document.currentScript.dataset.build;
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
    var title = shown
      ? "What you see is the last build without errors"
      : "There was no build without errors yet";
    panel.append(close, element("h2", title), element("pre", problems));
    document.body.append(panel);
  }

  function hear(event) {
    var news = JSON.parse(event.data);
    if (news.build && news.build !== shown) {
      location.reload();
    } else if (news.problems) {
      show(news.problems);
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
      stream.addEventListener("message", hear);
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
