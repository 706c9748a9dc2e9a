// A string with its values, in the plural form for the number `n` among them.
function filled(forms, pageLanguage, values = {}) {
  const language = forms.lang || pageLanguage;
  const form = values.n === undefined ? "other" : new Intl.PluralRules(language).select(values.n);
  return (forms[form] || forms.other).replace(/\{(\w+)(?::,)?\}/g, (_, name) => values[name]);
}
