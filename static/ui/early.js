// The view of a choice, painted before the page has run: asked for over HTTP, confirmed by the run that follows.
//
// data: {url: where views are answered, params: the address of the view shown, names: its parameters,
//        theme: light or dark, choices: {key of a control of Streamlit: {label of an option: what it does}}, run: grows with each run}
// The page's own components and the map say what is chosen, or pointed at, before they tell Streamlit:
//   atlas:choose, atlas:consider with what it does, ["place:44"]; they wait for the promise that is left in `event.wait`.
// The map hears atlas:early with a view to paint and hold, and atlas:settle when the page's own word counts again.

const WORDS = [".atlas-title", ".atlas-legend"]; // in the answer without the "atlas-"
const REST = 100; // ms that a pointer rests before what it points at is fetched
const CALM = 400; // ms after the run of a choice without another, when none is expected any more
const DOUBT = 3000; // the same where the run that ended may have been that of an older choice
const HEAD_START = 250; // ms that the run waits for the view at most: worked out side by side, both are late
const PATIENCE = 20000; // ms after which a choice that no run has answered is given up
const FRESH = 30000; // ms that what was fetched ahead, or seen, may be painted
const AHEAD = { kept: 12, minute: 30 };
const LOST = 2; // answers that are no views, after which it is not tried any more

export default function ({ parentElement, data }) {
  const state = parentElement.early || (parentElement.early = build());
  state.update(data);
  return () => state.rest();
}

function build() {
  let data = {}, lost = 0, newest = 0, asking = null, held = null, calm = null, late = null;
  let release = null; // lets the choice before this one be told at once: they stay in their order
  let started = false, busy = false; // whether a run has begun since the choice; whether one was on then
  let listening = false, resting = null, ahead = [], ahead_times = [], fetching = false;
  const before = new Map(); // what the page itself has written, for each of WORDS
  const watcher = new MutationObserver(() => {
    started ||= running();
    settleSoon();
  });

  // ---- asking ----------------------------------------------------------------------------

  function address(choices) {
    const now = new URLSearchParams(location.search);
    const said = [...now].filter(([name]) => data.names.includes(name));
    const own = said.some(([name]) => name !== "lang");
    const params = new URLSearchParams(own ? said : { ...data.params, ...Object.fromEntries(said) });
    params.set("theme", data.theme);
    for (const choice of choices) params.append("do", choice);
    return `${data.url}?${params}`;
  }

  // Between a choice and its run, controls still offer what fits the address before it.
  function upToDate() {
    const now = new URLSearchParams(location.search);
    return data.names.every((name) => !now.has(name) || now.get(name) === String(data.params[name]));
  }

  async function fetched(where, signal) {
    const answer = await fetch(where, { signal });
    const kind = answer.headers.get("content-type") || "";
    if (!kind.startsWith("application/json")) throw new Error("no view");
    return answer.ok ? answer.json() : null; // a choice that leads nowhere: the page says why
  }

  function choose(event) {
    release?.();
    const pause = new Promise((go) => {
      release = go;
      setTimeout(go, HEAD_START);
    });
    clearTimeout(calm); // that of an older choice says nothing of this one
    started = false;
    busy = running();
    event.wait = Promise.race([follow(event), pause]);
  }

  async function follow(event) {
    const mine = (newest += 1);
    asking?.abort();
    asking = new AbortController();
    clearTimeout(resting);
    clearTimeout(late);
    late = setTimeout(settle, PATIENCE);
    const where = address(event.detail);
    const known = ahead.find((one) => one.where === where && Date.now() - one.at < FRESH);
    try {
      const told = known?.told ?? await (known?.asked ?? fetched(where, asking.signal));
      if (told && mine === newest) {
        if (!known) keep({ where, told, at: Date.now() });
        paint(told);
      }
      lost = 0;
    } catch (error) {
      if (error.name !== "AbortError") lost += 1;
    }
  }

  // What is asked for, or seen, is not asked for again at once.
  function keep(one) {
    ahead = [...ahead, one].slice(-AHEAD.kept);
    return one;
  }

  function consider(event) {
    clearTimeout(resting);
    if (event.detail) resting = setTimeout(() => lookAhead(event.detail), REST);
  }

  async function lookAhead(choices) {
    if (!upToDate()) return;
    const where = address(choices);
    const now = Date.now();
    ahead_times = ahead_times.filter((time) => now - time < 60000);
    ahead = ahead.filter((one) => now - one.at < FRESH);
    const many = ahead_times.length >= AHEAD.minute || navigator.connection?.saveData;
    if (fetching || many || lost >= LOST || ahead.some((one) => one.where === where)) return;
    fetching = true;
    ahead_times.push(now);
    const one = keep({ where, asked: fetched(where), at: now });
    try {
      one.told = await one.asked;
    } catch {
      lost += 1;
    }
    if (!one.told) ahead = ahead.filter((other) => other !== one);
    fetching = false;
  }

  // ---- painting --------------------------------------------------------------------------

  function paint(told) {
    held = told;
    window.dispatchEvent(new CustomEvent("atlas:early", { detail: told.map }));
    write();
    settleSoon();
  }

  // React may have written the words of an older choice meanwhile: kept, and written over.
  function write() {
    for (const selector of WORDS) {
      const there = document.querySelector(selector);
      const ours = held[selector.slice(7)];
      if (!there || there.outerHTML === ours) continue;
      if (!there.early) before.set(selector, there.outerHTML);
      there.outerHTML = ours;
      const made = document.querySelector(selector);
      if (made) made.early = true;
    }
  }

  function restore() {
    for (const [selector, text] of before) {
      const there = document.querySelector(selector);
      if (there?.early && there.outerHTML !== text) there.outerHTML = text;
    }
    before.clear();
  }

  // ---- the page's own word ---------------------------------------------------------------

  const running = () => {
    const app = document.querySelector("[data-testid=stApp]");
    return app && app.dataset.testScriptState !== "notRunning";
  };

  function settleSoon() {
    clearTimeout(calm);
    if (running() || !(started || busy)) return;
    calm = setTimeout(() => { if (!running()) settle(); }, started ? CALM : DOUBT);
  }

  // Nothing more will confirm: the page counts as it is.
  function settle() {
    clearTimeout(late);
    asking?.abort();
    newest += 1;
    if (!held) return;
    held = null;
    ahead = []; // what the page does not confirm is not painted again
    restore();
    window.dispatchEvent(new CustomEvent("atlas:settle"));
  }

  function confirm() {
    if (!held) return;
    if (!same(held.address, data.params)) {
      write();
      return;
    }
    held = null;
    before.clear();
    for (const selector of WORDS) delete document.querySelector(selector)?.early;
    window.dispatchEvent(new CustomEvent("atlas:settle"));
  }

  // Which figure is traced to its source is no matter of the map.
  function same(one, other) {
    const plain = ({ source, ...rest }) => JSON.stringify(Object.entries(rest).sort());
    return plain(one) === plain(other);
  }

  // ---- the controls of Streamlit ----------------------------------------------------------

  // Buttons act on the click, the options of a list on the release of the pointer before it; what is
  // rested on, or pressed, is fetched ahead.
  const ACTS = { click: "button", pointerup: "[role=option]", pointerover: "button, [role=option]" };

  function does(event) {
    const option = event.target.closest?.(ACTS[event.type] ?? ACTS.pointerover);
    if (!option) return null;
    const inList = option.matches("[role=option]");
    for (const control of inList ? document.querySelectorAll("[aria-expanded=true]") : [option]) {
      const key = control.closest('[class*="st-key-"]')?.className.match(/st-key-(\S+)/)?.[1];
      const found = data.choices?.[key]?.[option.textContent.trim()];
      if (found) return [found];
    }
    return null;
  }

  function native(event) {
    const detail = does(event);
    if (!detail) return;
    if (event.type in ACTS && event.type !== "pointerover") choose({ detail });
    else if (event.type === "pointerover") consider({ detail });
    else lookAhead(detail);
  }
  const NATIVE = ["click", "pointerup", "pointerover", "pointerdown"];

  const heard = [["atlas:choose", choose], ["atlas:consider", consider]];

  function listen() {
    if (listening) return;
    listening = true;
    for (const [name, act] of heard) window.addEventListener(name, act);
    for (const name of NATIVE) document.addEventListener(name, native, true);
    const app = document.querySelector("[data-testid=stApp]");
    if (app) watcher.observe(app, { attributeFilter: ["data-test-script-state"] });
  }

  function rest() {
    listening = false;
    for (const [name, act] of heard) window.removeEventListener(name, act);
    for (const name of NATIVE) document.removeEventListener(name, native, true);
    watcher.disconnect();
    clearTimeout(resting);
    settle();
  }

  return {
    rest,
    update(given) {
      data = given;
      if (lost >= LOST) {
        if (listening) rest();
        return;
      }
      listen();
      confirm();
    },
  };
}
