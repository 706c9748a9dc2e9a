// Search and the list of keys come with a script of their own, on their first use.
function loadSearch(name, host) {
  return loadOnce("search.js").then(() => triptychSearch(name, host));
}

function openFinder(name) {
  if (!first("dialog[open]")) {
    loadSearch(name).catch(() => {
      // Without a network the page of the search may be at hand all the same.
      location.href = root + "search.html";
    });
  }
  return true;
}

each("[data-search]", (link) => {
  onClick(link, (event) => {
    if (isPlain(event)) {
      event.preventDefault();
      openFinder("search");
    }
  });
});
each("[data-show-keys]", (button) => {
  onClick(button, () => openFinder("keys"));
});
each("[data-found]", (host) => {
  loadSearch(host.dataset.found, host);
});
