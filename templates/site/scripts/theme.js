// Runs before the first paint, so that neither another theme nor a hidden answer is seen.
const page = document.documentElement;
const hash = location.hash;
function restore(name, values) {
  try {
    const value = localStorage.getItem("triptych:" + name);
    if (values.includes(value)) {
      page.dataset[name] = value;
    }
  } catch {
    // Storage is off: the system's preference stands.
  }
}
restore("theme", ["light", "dark"]);
restore("keys", ["off"]);
restore("mode", ["test", "read"]);
// Links of lists have these anchors. Any other anchor leads to what is to be read.
if (hash === "#Test" || hash === "#Read") {
  page.dataset.mode = hash.slice(1).toLowerCase();
}
page.toggleAttribute("data-asks", page.dataset.mode === "test" && (!hash || hash === "#Test"));
page.dataset.scripted = "";
