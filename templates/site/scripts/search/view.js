// The field, the filters and the list. It stands in a dialog, or on a page of its own.
const MAX_PRACTISED = 50;

function view(start, changed) {
  const { kinds, levels, topics, words } = index.root;
  const filters = { ...start };
  const field = named(make("input"), words.search);
  field.type = "text";
  field.inputMode = field.enterKeyHint = "search";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.value = filters.q || "";
  const status = make("p", "status");
  status.setAttribute("role", "status");
  const further = make("p", "further");
  const places = make("ul", "places asks quiet");
  const hits = make("ul", "hits asks quiet");
  const choices = make("p", "filters");

  function chip(group, value, forms) {
    const button = saying(make("button"), forms);
    button.type = "button";
    button.setAttribute("aria-pressed", String(filters[group] === value));
    button.addEventListener("click", () => {
      const own = button.getAttribute("aria-pressed") !== "true";
      choices.querySelectorAll("[data-group=" + group + "]").forEach((other) => {
        other.setAttribute("aria-pressed", "false");
      });
      button.setAttribute("aria-pressed", String(own));
      filters[group] = own ? value : "";
      show();
    });
    button.dataset.group = group;
    choices.append(button);
  }

  if (Object.keys(kinds).length > 1) {
    Object.entries(kinds).forEach(([kind, forms]) => chip("kind", kind, forms));
  }
  Object.entries(levels).forEach(([level, forms]) => chip("level", level, forms));
  if (filters.tag) {
    chip("tag", filters.tag, { other: filters.tag });
  }
  if (topics.length > 1) {
    const select = named(make("select"), words.topics);
    select.append(saying(make("option"), words.all_topics));
    select.firstChild.value = "";
    topics.forEach(([id, title]) => {
      const option = make("option", "", title);
      option.value = id;
      option.selected = id === filters.topic;
      select.append(option);
    });
    select.addEventListener("change", () => {
      filters.topic = select.value;
      show();
    });
    choices.append(select);
  }

  // Only the last of several searches at once may show what it found.
  let latest = 0;
  async function show() {
    const own = (latest += 1);
    filters.q = field.value;
    const found = await results(field.value, filters);
    if (own !== latest) {
      return;
    }
    changed(filters);
    hits.replaceChildren(...found.hits);
    places.replaceChildren(...(found.places || []));
    status.replaceChildren();
    further.replaceChildren();
    if (found.suggestions && !found.count) {
      saying(status, words.no_hits);
      showSuggestions(found.suggestions);
      listTopics();
    } else if (found.count || FILTERS.some((name) => filters[name])) {
      saying(status, words.questions, found.count);
      if (found.count) {
        practise(found.numbers).then((link) => own === latest && further.append(link));
      }
    } else {
      listTopics();
    }
  }

  // Where nothing is found, too, there is somewhere to go.
  function listTopics() {
    topics.forEach(([id, title]) => {
      const link = make("a", "", title);
      link.href = root + "topics/" + id + ".html";
      places.append(make("li", "", link));
    });
  }

  // What is shown can be practised.
  async function practise(numbers) {
    const rows = await Promise.all(numbers.slice(0, MAX_PRACTISED).map(pageAt));
    const link = saying(make("a"), rows.length > 1 ? words.practise_these : words.practise_this);
    link.href = root + "practice.html#ids=" + rows.map((row) => row[1]).join(".");
    return link;
  }

  // The words stand where the sentence has them: a deck's own may say nothing after them.
  function showSuggestions(found) {
    const forms = words.did_you_mean;
    const place = "\n";
    const filledIn = filled(forms, index.root.language, { words: place });
    const [before, after = ""] = filledIn.split(place);
    const said = (text) => saying(make("span"), { ...forms, other: text });
    const buttons = found.flatMap((word, at) => [at ? " " : "", suggestion(word)]);
    if (buttons.length) {
      const last = make("span", "last", buttons.pop(), said(after));
      status.append(" ", said(before.trimEnd()), " ", ...buttons, last);
    }
  }

  function suggestion(word) {
    const button = make("button", "", word);
    button.type = "button";
    button.addEventListener("click", () => {
      field.value = word;
      field.focus();
      show();
    });
    return button;
  }

  field.addEventListener("input", show);
  const box = make("div", "finder", field, choices, status, further, places, hits);
  box.addEventListener("keydown", (event) => moveFocus(event, field, box));
  show();
  return { box, field };
}

// Arrows go through the hits, and Enter in the field opens the first.
function moveFocus(event, field, box) {
  const links = [...box.querySelectorAll(".hits a")];
  const at = links.indexOf(document.activeElement);
  if (event.isComposing || event.target.matches("select, button")) {
    return;
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? field : links[Math.min(next, links.length - 1)] || field).focus();
    event.preventDefault();
  } else if (event.key === "Enter" && event.target === field && links[0]) {
    links[0].click();
  }
}
