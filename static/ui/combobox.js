// A searchable list: diacritic-blind, by keyboard or pointer (the ARIA combobox pattern).
//
// data: {label, placeholder, value, empty, options: [{v, t, s, g, k}] or url of the same,
//        first: options before those of the url,
//        does: the parameter of the address that a choice sets, where the map follows at once (early.js)}
//   v value, t title, s second line, g group heading, k more to be found by,
//   off: shown paler, typed: found only by typing
// Places are searched by static/ui/search.js instead:
//   {places: address of its index, script: its own, edition, only: whether other editions are left
//    out, first: options before anything is typed, loading, unnumbered: of numbers that are no code}; values are "edition:code".
// Triggers "chosen" with the value.

import { choose, consider } from "./choosing.js";
import { tell } from "./whole.js";

const MOST = 60; // of lists that are fetched: places, sources

const isNumber = (text) => /^\s*\d{3,}\s*$/.test(text);

export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "")
  .replace(/[đĐ]/g, "d").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

const fetched = new Map();

async function placesOf(data) {
  if (!fetched.has(data.places)) {
    const got = Promise.all([import(data.script), fetch(data.places).then((a) => a.json())]);
    fetched.set(data.places, got.then(([{ prepared, search }, index]) => {
      const made = prepared(index);
      return { made, find: (query, how) => search(made, query, how) };
    }));
    fetched.get(data.places).catch(() => fetched.delete(data.places));
  }
  return fetched.get(data.places);
}

// Places found, or before anything is typed the first ones: the country's provinces on the map.
async function placesFound(data, query) {
  const { made, find } = await placesOf(data);
  if (fold(query)) {
    const found = find(query, { edition: data.edition, only: data.only, limit: MOST });
    return found.map((hit) => ({ v: hit.key, t: hit.name, s: hit.note }));
  }
  const provinces = made.units
    .filter((unit) => unit[4] === 2 && unit[0].startsWith(`${data.edition}:`) && !unit[8])
    .map(([v, t, s]) => ({ v, t, s }));
  return [...(data.first || []), ...provinces];
}

async function optionsOf(data) {
  if (data.options) return data.options;
  if (!fetched.has(data.url)) {
    fetched.set(data.url, fetch(data.url).then((answer) => answer.json()));
  }
  const rest = await fetched.get(data.url);
  return data.first ? [...data.first, ...rest] : rest;
}

function rank(option, words) {
  const key = option.key ||= fold(`${option.t} ${option.s || ""} ${option.v} ${option.k || ""}`);
  let score = 0;
  for (const word of words) {
    const at = (" " + key).indexOf(" " + word);
    if (at < 0 && !key.includes(word)) return null;
    score += at === 0 ? 0 : at > 0 ? 1 : 3;
  }
  const phrase = words.join(" ");
  if (key === phrase || key.startsWith(phrase + " ")) score -= 2;
  // The name itself, word for word, comes before words found here and there.
  const name = option.name ||= ` ${fold(option.t)} `;
  if (name.includes(` ${phrase} `)) score -= 4;
  return score;
}

export function matches(options, query) {
  const words = fold(query).split(" ").filter(Boolean);
  if (!words.length) return options.filter((option) => !option.typed);
  return options.map((option, order) => ({ option, order, score: rank(option, words) }))
    .filter((hit) => hit.score !== null)
    .sort((a, b) => a.score - b.score || a.order - b.order)
    .map((hit) => hit.option);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".combo");
  const state = root.state || (root.state = build(root));
  state.update(data, setTriggerValue);
}

function build(root) {
  const label = root.querySelector("label");
  const input = root.querySelector("input");
  const list = root.querySelector("[role=listbox]");
  let data = {}, send = () => {}, options = [], shown = [], active = -1, asked = 0;
  const id = "combo" + Math.random().toString(36).slice(2, 8);
  input.id = id;
  label.htmlFor = id;
  list.id = id + "-list";
  input.setAttribute("aria-controls", list.id);

  const current = () => options.find((option) => option.v === data.value);
  const field = input.parentElement;
  const rest = () => {
    input.value = current()?.t ?? data.shown ?? "";
    input.title = input.value;
    tell(input, field);
  };
  new ResizeObserver(() => { if (root.getRootNode().activeElement !== input) tell(input, field); }).observe(input);

  async function found(query) {
    if (data.places) return placesFound(data, query);
    options = await optionsOf(data);
    return matches(options, query);
  }

  async function open(query) {
    const turn = asked += 1;
    if (data.places && list.hidden) waiting();
    const all = await found(query);
    if (turn === asked) draw(all, query);
  }

  function waiting() {
    shown = [];
    list.replaceChildren(element("div", "none", data.loading || "…"));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function draw(found, query) {
    const most = data.options ? Infinity : MOST;
    shown = found.slice(0, most);
    list.replaceChildren();
    let heading = null;
    shown.forEach((option, at) => {
      if (option.g && option.g !== heading && !query) {
        heading = option.g;
        list.append(element("div", "group", heading));
      }
      list.append(item(option, at));
    });
    if (!shown.length) list.append(element("div", "none", (isNumber(query) && data.unnumbered) || data.empty));
    if (found.length > most) list.append(element("div", "none", data.more));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    const chosen = shown.findIndex((option) => option.v === data.value);
    move(query ? (shown.length ? 0 : -1) : chosen);
  }

  function item(option, at) {
    const row = element("div", "item");
    row.id = `${id}-${at}`;
    row.setAttribute("role", "option");
    row.append(element("span", "t", option.t));
    if (option.s) row.append(element("span", "s", option.s));
    if (option.off) row.classList.add("off");
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => take(option));
    if (data.does) row.addEventListener("pointerenter", () => consider(doing(option)));
    return row;
  }

  function element(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function move(to) {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    active = to;
    const row = to < 0 ? null : list.querySelector(`#${id}-${to}`);
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (data.does) consider(to < 0 ? null : doing(shown[to]));
    row ? input.setAttribute("aria-activedescendant", row.id)
      : input.removeAttribute("aria-activedescendant");
  }

  const doing = (option) =>
    (data.does && option.v !== data.value ? [`${data.does}:${option.v}`] : null);

  function close() {
    asked += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    rest();
  }

  function take(option) {
    const does = doing(option);
    data.value = option.v;
    if (data.clear) data.value = null;
    close();
    input.blur();
    choose(does, () => send("chosen", option.v));
  }

  input.addEventListener("focus", () => { input.select(); open(""); });
  input.addEventListener("click", () => { if (list.hidden) open(""); });
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", () => setTimeout(close, 80));
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps) {
      event.preventDefault();
      if (list.hidden) open("");
      else move(Math.max(0, Math.min(shown.length - 1, active + steps[event.key])));
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      // What is typed may be quicker than what is found.
      if (input.value && !shown.length) open(input.value).then(() => shown[0] && take(shown[0]));
      else if (active >= 0) take(shown[active]);
    } else if (event.key === "Escape") {
      close();
      input.select();
    }
  });

  return {
    update(next, trigger) {
      data = { ...next };
      send = trigger;
      if (data.options) options = data.options;
      if (data.places) setTimeout(() => placesOf(data).catch(() => {}), 1500);
      label.textContent = data.label;
      label.classList.toggle("quiet", Boolean(data.quiet));
      input.placeholder = data.placeholder || "";
      if (root.getRootNode().activeElement !== input) rest();
    },
  };
}
