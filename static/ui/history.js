// One act of the reader makes one entry of the history. What a page writes into its address by
// itself, or on its way from one page to the next, takes the place of the entry that is there.

const ACTS = ["pointerdown", "keydown", "input", "drop"];
const SOON = 100; // ms; no answer comes sooner: an act of so long ago has still to get its own
const push = history.pushState;

let last = -Infinity, acted = false;

function act() {
  last = performance.now();
  acted = true;
}

history.pushState = function pushed(state, title, to) {
  if (!acted) return history.replaceState(state, title, to);
  acted = performance.now() - last < SOON;
  return push.call(history, state, title, to);
};
addEventListener("popstate", () => { acted = false; });
for (const name of ACTS) addEventListener(name, act, { capture: true, passive: true });
// What is chosen on a map, within its frame.
addEventListener("message", ({ data }) => {
  if (data?.isStreamlitMessage && data.type === "streamlit:setComponentValue") act();
});
