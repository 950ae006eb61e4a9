// Before the page's program has come. See src/lib/theme.ts and src/features/auth/auth-api.ts, which know the same keys.
try {
  // Before the first paint, so that nobody sees the other theme flash by.
  var theme = localStorage.getItem("hashira.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  // Who was signed in goes through the gate at once: what lies behind it is fetched beside it (vite.config.ts names it).
  var behind = document.currentScript.dataset.behind;
  if (behind && localStorage.getItem("hashira.signed-in")) {
    behind.split(" ").forEach(function (file) {
      var link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = file;
      document.head.append(link);
    });
  }
} catch {
  // A browser that keeps nothing for us follows the system, and waits a moment longer.
}
