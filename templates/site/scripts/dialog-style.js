// The style of dialogs, which pages do without until one is there.
function addStyle() {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = root + "search.css";
  document.head.append(style);
}
