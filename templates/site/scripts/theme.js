// Runs before the first paint, so that a chosen theme never flashes, and no answer does.
const page = document.documentElement;
const hash = location.hash;
function kept(name, values) {
  try {
    const value = localStorage.getItem("triptych:" + name);
    if (values.includes(value)) {
      page.dataset[name] = value;
    }
  } catch {
    // Storage is off: the system's preference stands.
  }
}
kept("theme", ["light", "dark"]);
kept("keys", ["off"]);
kept("mode", ["test", "read"]);
// A link of a list ends so. Any other anchor leads to what one came to read.
if (hash === "#Test" || hash === "#Read") {
  page.dataset.mode = hash.slice(1).toLowerCase();
}
page.toggleAttribute("data-asks", page.dataset.mode === "test" && (!hash || hash === "#Test"));
page.dataset.scripted = "";
