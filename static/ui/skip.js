// Links that a keyboard meets first: straight to the table, the map, the text of the page.
//
// data: {label, items: [[what, text]]}; what: "table", "map" or "text"

const deep = (selector) => {
  for (const at of document.querySelectorAll("*")) {
    const found = at.shadowRoot?.querySelector(selector);
    if (found) return found;
  }
  return document.querySelector(selector);
};

const GOALS = {
  table: () => deep(".ranking tbody tr.selected button, .ranking tbody tr[data-code] button"),
  map: () => document.querySelector('[class*="st-key-map"] iframe')?.contentDocument?.querySelector(".leaflet-container"),
  text: () => document.querySelector("h1"),
};

export default function ({ parentElement, data }) {
  const nav = parentElement.querySelector("nav");
  nav.setAttribute("aria-label", data.label);
  nav.replaceChildren(...data.items.map(([what, words]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => {
      const goal = GOALS[what]();
      if (goal && goal.tabIndex < 0) goal.tabIndex = -1;
      goal?.focus();
      goal?.scrollIntoView?.({ block: "nearest" });
    });
    return button;
  }));
}
