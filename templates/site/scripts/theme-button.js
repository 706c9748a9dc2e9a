// The theme. A choice is kept only while it differs from the setting of the system.
const system = matchMedia("(prefers-color-scheme: dark)");
const themeButton = first(".theme");

function isDark() {
  return choice.theme ? choice.theme === "dark" : system.matches;
}

function showTheme() {
  themeButton.setAttribute("aria-pressed", isDark());
}

function toggleTheme() {
  const theme = isDark() ? "light" : "dark";
  const own = (theme === "dark") !== system.matches;
  if (own) {
    choice.theme = theme;
  } else {
    delete choice.theme;
  }
  showTheme();
  keep("theme", own && theme);
}

if (themeButton) {
  onClick(themeButton, toggleTheme);
  system.onchange = showTheme;
  showTheme();
}
