// The words of the index in the plural form for a number.
function wordFor(forms, count) {
  return filled(forms, index.root.language, { n: count });
}

function saying(element, forms, count) {
  element.textContent = wordFor(forms, count);
  if (forms.lang) {
    element.lang = forms.lang;
  }
  return element;
}

function named(element, forms) {
  element.setAttribute("aria-label", wordFor(forms));
  return element;
}
