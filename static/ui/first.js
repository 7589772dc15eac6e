// The map of the first view, on the screen before the page's own scripts have run, where the page will have it.
// Written into the document (ui/serving/first.py); its frame shows what `told` brings, and it is taken away in
// the frame in which the page's own map is painted.
(() => {
  const LONGEST = 30000; // ms that it stands for a page that does not come
  const RESTING = 400; // ms that the page's own map stays at another place before it is believed
  const TURN = 100; // ms between looks
  const CALM = 50; // times that the page is found at rest without a map, before none is expected
  const GRACE = 1000; // ms that Streamlit's own script waits for the map at most
  const { view, frame, owner } = document.currentScript.dataset;
  const path = location.pathname;
  const wait = setTimeout(release, GRACE);

  // Streamlit's script begins once the map is painted: beside each other, both would be late.
  function release() {
    clearTimeout(wait);
    const later = document.querySelector('script[type="later"]');
    if (!later) {
      if (document.readyState === "loading") addEventListener("DOMContentLoaded", release, { once: true });
      return;
    }
    const script = document.createElement("script");
    Object.assign(script, { type: "module", crossOrigin: "", src: later.src });
    later.replaceWith(script);
  }

  function isDark() {
    let chosen = null; // as Streamlit keeps it
    try {
      chosen = JSON.parse(localStorage.getItem(`stActiveTheme-${path}-v2`));
    } catch { /* nothing is kept */ }
    return chosen === "Dark" || (chosen !== "Light" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  const dark = isDark();
  const asked = fetch(`${view}&theme=${dark ? "dark" : "light"}`);
  const told = asked.then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error("no view"))));
  window.atlasFirst = { theme: dark ? "dark" : "light", told };

  const box = document.createElement("div");
  box.className = `atlas-first${dark ? " dark" : ""}${owner ? " owner" : ""}`;
  box.inert = true;
  box.setAttribute("aria-hidden", "true");
  box.style.visibility = "hidden";
  box.innerHTML = '<i></i><div><div class="words"></div><div class="map"><object type="text/html"></object></div></div><i></i>';
  box.querySelector("object").data = frame; // no iframe: those of the page are its maps
  document.documentElement.append(box); // there is no body yet
  if (dark) document.documentElement.style.background = "#14181b"; // until the page has its own
  told.then(({ title }) => {
    box.querySelector(".words").outerHTML = title;
    box.style.visibility = "";
  }).catch(end);

  const own = () => document.querySelector(".st-key-map iframe");
  const drawn = () => own()?.contentDocument?.querySelector("[data-painted]:not([aria-busy])");
  const top = (at) => Math.round(at.getBoundingClientRect().top);
  let rest = { at: NaN, since: 0 };
  // The page moves until all that stands above its map is there: also notes, which only it knows of.
  function confirm() {
    release();
    if (!drawn()) return;
    const at = top(own());
    if (at !== rest.at) rest = { at, since: Date.now() };
    if (at === top(box.querySelector("object")) || Date.now() - rest.since > RESTING) end();
  }
  const follow = (event) => { box.style.translate = `0 ${-event.target.scrollTop || 0}px`; };

  let idle = 0;
  const began = Date.now();
  const watch = setInterval(() => {
    const app = document.querySelector("[data-testid=stApp]");
    const done = app?.dataset.testScriptState === "notRunning" && document.querySelector(".st-key-header");
    idle = done && !own() ? idle + 1 : 0; // the page has come without a map
    if (idle > CALM || Date.now() - began > LONGEST || location.pathname !== path) end();
    else if (drawn()) confirm();
  }, TURN);

  const heard = { "atlas:painted": confirm, "atlas:choose": end, "atlas:early": end };
  for (const [name, act] of Object.entries(heard)) addEventListener(name, act);
  addEventListener("scroll", follow, true);

  function end() {
    release();
    clearInterval(watch);
    for (const [name, act] of Object.entries(heard)) removeEventListener(name, act);
    removeEventListener("scroll", follow, true);
    box.remove();
    document.documentElement.style.background = "";
    delete window.atlasFirst;
  }
})();
