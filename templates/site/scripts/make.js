// Elements with what stands in them.
function make(name, className, ...inside) {
  const element = document.createElement(name);
  if (className) {
    element.className = className;
  }
  element.append(...inside.filter(Boolean));
  return element;
}
