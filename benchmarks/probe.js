// Runs before any script of the page: notes when the reader acted and when the map was painted.
//
// All times are milliseconds of the one clock that frames share: performance.timeOrigin + now().
// "Painted" is the same moment for every page: the areas are drawn, the frame that draws them has
// begun, and its work in the page is done (an animation frame, then a task).
(() => {
  "use strict";
  if (window !== window.top) return;
  const clock = () => performance.timeOrigin + performance.now();

  const bench = {
    acted: 0, id: "", waiting: null, documents: 0, paints: 0, first: 0, origin: performance.timeOrigin,
    // Call before acting; `done` is settled by the first paint of something else after the act.
    arm() {
      bench.acted = 0;
      bench.done = new Promise((resolve) => { bench.waiting = resolve; });
    },
    paint(id) {
      const now = clock();
      bench.paints += 1;
      bench.first ||= now - bench.origin;
      if (bench.waiting && bench.acted && id !== bench.id) {
        bench.waiting({ ms: now - bench.acted, id });
        bench.waiting = null;
      }
      bench.id = id;
    },
  };
  window.bench = bench;

  // Lists choose on the release of the pointer, the map on the click that comes with it.
  const listen = (view) => view.addEventListener("pointerup", (event) => {
    bench.acted = view.performance.timeOrigin + event.timeStamp;
  }, true);
  listen(window);

  // The app's map tells when it is painted.
  addEventListener("atlas:painted", (event) => bench.paint(String(event.detail)));

  // Every document that a map is mounted in is loaded once.
  document.addEventListener("load", (event) => {
    if (event.target.tagName !== "IFRAME" || !event.target.src.includes("streamlit_folium")) return;
    bench.documents += 1;
    listen(event.target.contentWindow);
    if (window.benchPaths) whenPaths(event.target.contentWindow, `document ${bench.documents}`);
  }, true);

  // The usual map tells nobody that it is drawn: by then all its paths are in the document.
  function whenPaths(view, id) {
    const watcher = new MutationObserver(check);
    function check() {
      const paths = view.document.querySelectorAll("path.leaflet-interactive");
      if (paths.length < window.benchPaths) return;
      watcher.disconnect();
      view.requestAnimationFrame(() => view.setTimeout(() => bench.paint(id)));
    }
    watcher.observe(view.document, { childList: true, subtree: true });
    check();
  }

  // The bare page shows its choice as text.
  if (window.benchText) {
    let last = "";
    new MutationObserver(() => {
      const text = document.querySelector(".bench-echo")?.textContent ?? "";
      if (!text || text === last) return;
      last = text;
      requestAnimationFrame(() => setTimeout(() => bench.paint(text)));
    }).observe(document, { childList: true, subtree: true, characterData: true });
  }
})();
