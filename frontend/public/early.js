// Before the page's program has come. See src/lib/theme.ts and src/features/auth/auth-api.ts, which know the same keys.
try {
  // Before the first paint, so that nobody sees the other theme flash by.
  var theme = localStorage.getItem("hashira.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  // Who was signed in goes through the gate at once: what lies behind it is fetched beside it (vite.config.ts names it).
  var told = document.currentScript.dataset;
  if (told.behind && localStorage.getItem("hashira.signed-in")) {
    var thread = location.pathname.indexOf("/t/") === 0;
    var chat = thread || location.pathname === "/";
    var files = [told.behind, chat && told.chat, thread && told.thread].filter(Boolean).join(" ").split(" ");
    files.forEach(function (file, at) {
      if (files.indexOf(file) !== at) return;
      var link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = file;
      document.head.append(link);
    });
  }
} catch {
  // A browser that keeps nothing for us follows the system, and waits a moment longer.
}
