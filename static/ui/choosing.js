// What is chosen on the page, and what the pointer rests on, said to the map of Explore (early.js); elsewhere nobody hears.
//
// does: what it does to the address, ["place:44"], or null

// Tells Streamlit as well: a moment later where the map paints the choice meanwhile.
export function choose(does, send) {
  const event = new CustomEvent("atlas:choose", { detail: does });
  if (does) window.dispatchEvent(event);
  if (event.wait) event.wait.then(send);
  else send();
}

export const consider = (does) =>
  window.dispatchEvent(new CustomEvent("atlas:consider", { detail: does }));
