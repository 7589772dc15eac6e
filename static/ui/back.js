// Signing in or out leads over another site to the first page; from there back to the page that was left.

const KEPT = "atlas-left", LONGEST = 10 * 60 * 1000; // ms

document.addEventListener("click", ({ target }) => {
  if (!target.closest?.('[class*="st-key-sign_"]')) return;
  sessionStorage.setItem(KEPT, JSON.stringify({ href: location.href, at: Date.now() }));
}, true);

// What was asked for: by now the page may have written more into its address.
const asked = new URL(performance.getEntriesByType("navigation")[0].name);
const left = JSON.parse(sessionStorage.getItem(KEPT) || "null");
sessionStorage.removeItem(KEPT);
if (left && Date.now() - left.at < LONGEST && asked.pathname.endsWith("/") && !asked.search) {
  location.replace(left.href);
}
