// The theme: a choice that agrees with the system is no choice worth keeping.
const system = matchMedia("(prefers-color-scheme: dark)");
const themeButton = document.querySelector(".theme");

function isDark() {
  return page.dataset.theme ? page.dataset.theme === "dark" : system.matches;
}

function showTheme() {
  themeButton.setAttribute("aria-pressed", String(isDark()));
}

function toggleTheme() {
  const theme = isDark() ? "light" : "dark";
  const own = (theme === "dark") !== system.matches;
  if (own) {
    page.dataset.theme = theme;
  } else {
    delete page.dataset.theme;
  }
  showTheme();
  keep("theme", own && theme);
}

if (themeButton) {
  themeButton.addEventListener("click", toggleTheme);
  system.addEventListener("change", showTheme);
  showTheme();
}
