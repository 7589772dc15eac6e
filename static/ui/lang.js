// The language of the page, for screen readers and hyphenation; and what Streamlit says by itself
// ("Select all", "Page not found") in that language.
//
// Links in texts lead to another page within the session: what it has seen stays, nothing is loaded anew.
//
// data: {lang, skip, pages: those that links lead to so, streamlit: {words: {text: translation}, forms: [[form, translation]]}}; a form has one
// {n}, which stands for anything.

import "./history.js";
import { watchAll } from "./whole.js";

const ENGLISH = "Skip to main content";
const ATTRIBUTES = ["aria-label", "placeholder", "title"];
const LONGEST = 120; // none of Streamlit's own texts is longer
const OURS = '[data-testid="stHtml"]'; // what the pages write, in the reader's language already

let words = {}, forms = [], watching = false;

function translated(text) {
  const bare = text.trim();
  if (!bare || bare.length > LONGEST) return null;
  if (Object.hasOwn(words, bare)) return text.replace(bare, words[bare]);
  for (const [pattern, local] of forms) {
    const found = pattern.exec(bare);
    if (found) return local.replace("{n}", found[1]);
  }
  return null;
}

function speakText(node) {
  const said = translated(node.data);
  if (said !== null && said !== node.data) node.data = said;
}

function speakAttributes(element) {
  for (const name of ATTRIBUTES) {
    const text = element.getAttribute(name);
    const said = text && translated(text);
    if (said && said !== text) element.setAttribute(name, said);
  }
}

function speak(root) {
  if (root.nodeType === Node.TEXT_NODE) return speakText(root);
  if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OURS)) return;
  speakAttributes(root);
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.nodeType === Node.ELEMENT_NODE && node.matches(OURS)
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) speakText(node);
    else speakAttributes(node);
  }
}

function heard(changes) {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(speak);
    else if (change.type === "attributes") speakAttributes(change.target);
    else if (!change.target.parentElement?.closest(OURS)) speakText(change.target);
  }
}

function pattern(form) {
  const [before, after] = form.split("{n}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${before}(.+)${after}$`);
}

let heardBy = null, pages = [];

// Returns the address, relative to the app, of a link that a plain click leads to within the session.
function within(event) {
  const link = event.target.closest?.("a[href]");
  const other = event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link?.closest(OURS) || other || link.target || link.hasAttribute("download")) return null;
  const to = new URL(link.href);
  const page = to.pathname.slice(to.pathname.lastIndexOf("/") + 1);
  const here = location.pathname.slice(0, location.pathname.lastIndexOf("/") + 1);
  const inside = to.origin === location.origin && to.pathname === here + page && !to.hash;
  return inside && pages.includes(page) ? page + to.search : null;
}

document.addEventListener("click", (event) => {
  const address = heardBy && within(event);
  if (!address) return;
  event.preventDefault();
  heardBy("visit", address);
});

// Colours are chosen where the page is made: it is made again when the reader's scheme changes.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
  heardBy?.("scheme", matches ? "dark" : "light");
});

export default function ({ data, setTriggerValue }) {
  heardBy = setTriggerValue;
  document.documentElement.lang = data.lang;
  for (const link of document.querySelectorAll("a, button")) {
    if (link.dataset.skips || link.textContent.trim() === ENGLISH) {
      link.dataset.skips = "1";
      link.textContent = data.skip;
    }
  }
  pages = data.pages;
  words = data.streamlit.words;
  forms = data.streamlit.forms.map(([form, local]) => [pattern(form), local]);
  speak(document.body);
  if (watching) return;
  watching = true;
  watchAll();
  new MutationObserver(heard).observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
}
