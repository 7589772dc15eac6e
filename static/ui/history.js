// One act of the reader makes one entry of the history. What a page writes into its address by
// itself, or on its way from one page to the next, takes the place of the entry that is there.

const ACTS = ["pointerdown", "keydown", "input", "drop"];
const SOON = 100; // ms; what comes sooner after an act may be the answer to the act before it
const push = history.pushState;

let last = -Infinity, acted = false, waiting = false, answered = false;

// Events closer than SOON are one act: a press, the click and what a frame says of it.
function act() {
  const now = performance.now();
  if (now - last >= SOON) waiting = acted;
  last = now;
  acted = true;
  answered = false;
}

history.pushState = function pushed(state, title, to) {
  if (!acted) return history.replaceState(state, title, to);
  const stays = new URL(to ?? "", location.href).pathname === location.pathname;
  // On its way to another page a page writes that one's parameters first.
  if (!stays && answered) {
    acted = false;
    return history.replaceState(state, title, to);
  }
  // The answer to the act before has its entry, and this act has still to get its own.
  acted = stays && waiting && performance.now() - last < SOON;
  waiting = false;
  answered = true;
  return push.call(history, state, title, to);
};
addEventListener("popstate", () => { acted = waiting = false; });
for (const name of ACTS) addEventListener(name, act, { capture: true, passive: true });
// What is chosen on a map, within its frame.
addEventListener("message", ({ data }) => {
  if (data?.isStreamlitMessage && data.type === "streamlit:setComponentValue") act();
});
