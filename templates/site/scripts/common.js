// What the parts share. The build joins them to one script, in the order that
// `render/site/scripts.py` says.
const script = document.currentScript;
const page = document.documentElement;
const choice = page.dataset;
const protocol = location.protocol;
const root = new URL(".", script.src).href;

function each(selector, action) {
  document.querySelectorAll(selector).forEach(action);
}

function first(selector) {
  return document.querySelector(selector);
}

function onClick(element, action) {
  element.addEventListener("click", action);
}

// A click with a key held down is the browser's.
function isPlain(event) {
  return !event.ctrlKey && !event.metaKey && !event.shiftKey;
}

// A word comes with its language where that is not the page's.
function say(element, word) {
  const language = script.dataset[word + "Lang"];
  element.textContent = script.dataset[word];
  if (language) {
    element.lang = language;
  } else {
    element.removeAttribute("lang");
  }
}

// Scripts that few visits need come when they are needed.
const loading = {};

function loadOnce(name) {
  loading[name] ||= new Promise((done, failed) => {
    const part = document.createElement("script");
    part.src = root + name;
    part.onload = done;
    part.onerror = failed;
    document.head.append(part);
  });
  return loading[name];
}

// Storage may be off, or full: then a choice lasts for this page.
function keep(name, value) {
  const key = "triptych:" + name;
  try {
    if (value) {
      localStorage.setItem(key, value);
    } else {
      localStorage.removeItem(key);
    }
  } catch {
    // The choice is lost with the page.
  }
}
