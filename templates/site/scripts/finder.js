// Search and the list of keys come with a script of their own, on their first use.
let summoned;

function summon(name, host) {
  summoned ||= new Promise((done, failed) => {
    const search = document.createElement("script");
    search.src = root + "search.js";
    search.onload = done;
    search.onerror = failed;
    document.head.append(search);
  });
  return summoned.then(() => triptychSearch(name, host));
}

function openFinder(name) {
  if (!document.querySelector("dialog[open]")) {
    summon(name).catch(() => {
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
  button.hidden = false;
  button.addEventListener("click", () => openFinder("keys"));
});
each("[data-found]", (host) => {
  summon(host.dataset.found, host);
});
