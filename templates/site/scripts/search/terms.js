// What a reader types as terms, as `render/site/search/terms.py` made those of the index.
const accents =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]+/g;
const unspaced =
  "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
const hasUnspaced = new RegExp(unspaced, "u");
const pieces = new RegExp(unspaced + "+|" + unspaced.replace("[", "[^") + "+", "gu");
const wholeWords = /[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011'\u2019][\p{L}\p{N}\p{M}]+)*/gu;

function fold(text) {
  return text.toLowerCase().normalize("NFKD").replace(accents, "").normalize("NFC");
}

function cut(word) {
  return word.match(pieces).flatMap((piece) => {
    const letters = [...piece];
    if (letters.length === 1 || !hasUnspaced.test(piece)) {
      return [piece];
    }
    return letters.slice(1).map((letter, at) => letters[at] + letter);
  });
}

function termsOf(text) {
  return (fold(text).match(wholeWords) || []).flatMap((word) => {
    const parts = word.split(/[-\u2010\u2011'\u2019]/);
    const joined = parts.length > 1 && parts.length < 4 && !hasUnspaced.test(word);
    return parts.flatMap(cut).concat(joined ? parts.join("") : []);
  });
}
