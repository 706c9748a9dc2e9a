// A style of its own, which pages do without until it is needed.
function addStyle(name) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = root + name;
  document.head.append(style);
}
