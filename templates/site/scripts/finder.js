// Search and the list of keys come with a script of their own, on their first use.
function loadSearch(name, host) {
  return loadOnce("search.js").then(() => triptychSearch(name, host));
}

function openFinder(name) {
  if (!document.querySelector("dialog[open]")) {
    loadSearch(name).catch(() => {
      // Without a network the page of the search may be at hand all the same.
      location.href = root + "search.html";
    });
  }
  return true;
}

each("[data-search]", (link) => {
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openFinder("search");
    }
  });
});
each("[data-show-keys]", (button) => {
  button.addEventListener("click", () => openFinder("keys"));
});
each("[data-found]", (host) => {
  loadSearch(host.dataset.found, host);
});
