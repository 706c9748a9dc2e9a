// Strings of the page, marked where they are in another language than the deck.
function phrase(key, values) {
  return filled(deck.words[key], deck.language, values);
}

function mark(element, key) {
  const { lang } = deck.words[key];
  if (lang) {
    element.lang = lang;
    element.dir = "auto";
  }
  return element;
}

function setText(element, key, values) {
  element.textContent = phrase(key, values);
  return mark(element, key);
}

function label(element, key, values) {
  element.setAttribute("aria-label", phrase(key, values));
  return element;
}

function textElement(name, className, key, values) {
  return setText(make(name, className), key, values);
}

function button(className, key, action, values) {
  const element = textElement("button", className, key, values);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}

function toggle(key, isOn, action) {
  const element = button("", key, () => {
    const on = element.getAttribute("aria-checked") !== "true";
    element.setAttribute("aria-checked", String(on));
    action(on);
  });
  element.setAttribute("role", "switch");
  element.setAttribute("aria-checked", String(isOn));
  return element;
}

// What an author wrote, in the deck's language.
function authored(name, className, html, card = {}) {
  const element = make(name, className);
  element.innerHTML = html;
  if (card.dir) {
    element.dir = card.dir;
  }
  return element;
}

function language() {
  return deck.words.due.lang || deck.language;
}

function dayName(moment) {
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "long" }).format(moment);
}

// How long it is until a question comes back.
function spanText(duration) {
  const minutes = Math.round(duration / MINUTE_MS);
  const days = Math.round(duration / DAY_MS);
  if (minutes < 60) {
    return phrase("short_minutes", { n: Math.max(1, minutes) });
  }
  if (duration < DAY_MS * 0.99) {
    return phrase("short_hours", { n: Math.round(minutes / 60) });
  }
  if (days < 60) {
    return phrase("short_days", { n: days });
  }
  return days < 730
    ? phrase("short_months", { n: Math.round(days / 30.44) })
    : phrase("short_years", { n: Math.round(days / 365.25) });
}

function clockText(duration) {
  const seconds = Math.max(0, Math.floor(duration / 1000));
  return Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
}
