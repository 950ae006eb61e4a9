// Before the first paint, so that nobody sees the other one flash by. See src/lib/theme.ts.
try {
  var theme = localStorage.getItem("hashira.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing for us follows the system.
}
