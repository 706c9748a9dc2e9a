// The search in a dialog, on its page, for a lost address; and the list of keys.
addStyle("search.css");

function dialog(className, name, ...inside) {
  const box = named(make("dialog", className), name);
  const close = named(make("button", "close", "×"), index.root.words.close);
  close.type = "button";
  close.addEventListener("click", () => box.close());
  // A click beside the dialog is one on the dialog itself.
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("close", () => box.remove());
  box.append(make("div", "", ...inside, close));
  document.body.append(box);
  box.showModal();
  return box;
}

function openSearch() {
  const { box, field } = view({}, () => {});
  dialog("search", index.root.words.search, box);
  field.focus();
}

function searchPage(host) {
  const asked = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const { box, field } = view(asked, (filters) => {
    const kept = Object.entries(filters).filter(([, value]) => value);
    const hash = kept.length ? "#" + new URLSearchParams(kept) : "";
    history.replaceState(null, "", location.pathname + location.search + hash);
  });
  host.replaceChildren(box);
  field.focus();
}

// An address without a page: its last part is searched for. One page is shown for every such
// address, whatever its folder.
function lost(host) {
  const name = location.pathname.replace(/\.html?$/, "").split("/").pop();
  let words = name;
  try {
    words = decodeURIComponent(name);
  } catch (_) {
    // A broken address is taken as it is.
  }
  words = words === "404" ? "" : words.replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim();
  host.replaceChildren(view({ q: words }, () => {}).box);
  each("body a[href]", (link) => {
    const address = link.getAttribute("href");
    if (/^[^#:]+$/.test(address)) {
      link.href = new URL(address, root).href;
    }
  });
}

function openKeys() {
  const { words } = index.root;
  const list = make("dl");
  const keys = window.triptychKeys ? triptychKeys() : [
    [words.space_key, words.show_answer],
    [{ other: "n" }, words.next],
    [{ other: "p" }, words.previous],
  ];
  keys.push([{ other: "/" }, words.search], [{ other: "?" }, words.keys]);
  keys.forEach(([key, action]) => {
    list.append(make("dt", "", saying(make("kbd"), key)), saying(make("dd"), action));
  });
  const toggle = saying(make("button"), words.keys_on);
  toggle.type = "button";
  toggle.setAttribute("role", "switch");
  const show = () => toggle.setAttribute("aria-checked", String(page.dataset.keys !== "off"));
  toggle.addEventListener("click", () => {
    const off = page.dataset.keys !== "off";
    page.dataset.keys = off ? "off" : "on";
    keep("keys", off && "off");
    show();
  });
  show();
  dialog("keys", words.keys, saying(make("h2"), words.keys), list, make("p", "", toggle));
}

window.triptychSearch = async (name, host) => {
  await load("index");
  ({ search: openSearch, page: searchPage, lost, keys: openKeys })[name](host);
};
