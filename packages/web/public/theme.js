// Runs before the first paint, so that the page never flashes in the wrong theme. A file, not an inline
// script: the page's content security policy allows scripts from its own origin only.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("vedette-theme");
  } catch {
    // Storage may be switched off; the system's choice applies.
  }
  const dark =
    choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
