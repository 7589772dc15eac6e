// A row or list of links that change the view without loading the page again.
//
// data: {label, items: [{v, t, s, href, here, leaves}], separator, lead}; `leaves`: to another page
//       does: the parameter of the address that they set, where the map follows at once (early.js)
// Triggers "chosen" with the value; the address also works in a new tab.

import { choose, consider } from "./choosing.js";

export default function ({ parentElement, data, setTriggerValue }) {
  const nav = parentElement.querySelector("nav");
  nav.setAttribute("aria-label", data.label);
  nav.className = data.style || "crumbs";
  nav.replaceChildren();
  if (data.lead) nav.append(text("p", data.lead));
  const list = document.createElement(data.style === "offers" ? "ul" : "ol");
  for (const item of data.items) list.append(row(item, setTriggerValue, data.does));
  nav.append(list);
}

function row(item, send, does) {
  const doing = does ? [`${does}:${item.v}`] : null;
  const line = document.createElement("li");
  if (item.here) {
    const here = text("span", item.t);
    here.setAttribute("aria-current", "page");
    line.append(here);
    return line;
  }
  const link = text("a", item.t);
  link.href = item.href;
  if (item.leaves) line.className = "leaves";
  else link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    choose(doing, () => send("chosen", item.v));
  });
  if (does && !item.leaves) {
    link.addEventListener("pointerenter", () => consider(doing));
    link.addEventListener("pointerleave", () => consider(null));
  }
  line.append(link);
  if (item.s) line.append(text("small", item.s));
  return line;
}

function text(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
