// Signing in or out leads over another site to the first page; from there back to the page that was left.
// Written into the document (ui/serving/document.py): no click on these buttons comes before it.
(() => {
  const KEPT = "atlas-left", LONGEST = 10 * 60 * 1000; // ms

  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.('[class*="st-key-sign_"]')) return;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ href: location.href, at: Date.now() }));
    } catch { /* nothing may be kept: the way back ends at the first page */ }
  }, true);

  try {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    const left = JSON.parse(kept);
    const first = location.pathname.endsWith("/") && !location.search;
    const ours = left && new URL(left.href).origin === location.origin;
    if (first && ours && Date.now() - left.at < LONGEST) location.replace(left.href);
  } catch { /* nothing is kept, or not by this page */ }
})();
