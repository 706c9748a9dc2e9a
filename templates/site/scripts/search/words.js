// The words of the index in the form that a number wants.
function wordFor(forms, count) {
  const language = forms.lang || index.root.language;
  const form = count === undefined ? "other" : new Intl.PluralRules(language).select(count);
  return (forms[form] || forms.other).replace(/\{n(?::,)?\}/, count);
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
