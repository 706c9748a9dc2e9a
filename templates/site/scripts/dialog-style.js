// The style of dialogs, which pages do without until one is there.
function addStyle(name) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = root + name;
  document.head.append(style);
}
