// The ranking table: the same rows as the map, usable by keyboard, in step with the map's pointer.
//
// data: {caption, heads: {rank, name, value, date, source}, sort, rows: [[code, rank, name, value, mark, date index, source index, class]],
//        heads "more0", "more1"… add columns after the values; their texts are the ninth cell of a row,
//        wordy: values are words, dates, sources, marks, colors, selected, hints: {open, source}}
//        matched: how many rows the filters keep (the others follow, under the line `rest`) or null,
//        pins: code to colour, full: no more can be pinned, pinning: {add, remove, most}: what the pin says,
//        once: columns left out because all rows share what `said`, the line above the table, says,
//        shares: of each row how long its bar is, in thousandths; null where there are dots instead,
//        whole: the line of the whole, {name, value, share, at}, before the row with that number, or null,
//        whys: code to why its number could not be made; left out where a table has none of this
// Triggers "open" (code), "source" (code), "more" (place:code), "sort" (column), "pin" (code).

import { choose, consider } from "./choosing.js";

const CHUNK = 120;

export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".ranking");
  const text = JSON.stringify({ ...data, pins: null, full: null });
  box.send = setTriggerValue;
  if (box.text === text) {
    box.draw.start(); // the same table: keep where the reader is in it
    box.draw.pin(data);
  } else {
    box.draw?.stop();
    box.draw = draw(box, data, (name, value) => box.send(name, value));
    box.text = text;
  }
  return () => box.draw.stop();
}

function draw(box, data, send) {
  const table = document.createElement("table");
  table.className = data.wordy ? "wordy" : "";
  table.append(caption(data), head(data, send));
  const body = table.createTBody();
  const byCode = new Map();
  let next = 0;

  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    more();
    if (next >= data.rows.length) return;
    // Asked anew, it also tells of an end of the table that was never out of sight.
    watcher.unobserve(foot);
    watcher.observe(foot);
  }, { root: box, rootMargin: "300px" });
  const foot = document.createElement("div");

  function more(until = next + CHUNK) {
    for (; next < Math.min(until, data.rows.length); next += 1) {
      if (next === data.matched) body.append(rest(data));
      if (next === data.whole?.at) body.append(whole(data));
      const row = line(data, data.rows[next], send, data.shares?.[next]);
      if (data.matched != null && next >= data.matched) row.classList.add("out");
      byCode.set(data.rows[next][0], row);
      body.append(row);
    }
    if (next >= data.rows.length) {
      if (data.whole?.at >= data.rows.length && !body.querySelector(".whole")) body.append(whole(data));
      watcher.disconnect();
    }
  }

  function onMap(event) {
    body.querySelector(".pointed")?.classList.remove("pointed");
    if (!event.detail) return;
    reveal(event.detail)?.classList.add("pointed");
  }

  // Brings the row of an area into view; nothing if the table has none.
  function reveal(code) {
    const at = data.rows.findIndex((row) => row[0] === code);
    if (at < 0) return null;
    if (at >= next) more(at + 1);
    const row = byCode.get(code);
    const gone = row.offsetTop < box.scrollTop + 34
      || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight;
    if (gone) box.scrollTop = row.offsetTop - box.clientHeight / 2;
    return row;
  }

  const point = (event) => {
    const code = event.target.closest?.("tr")?.dataset.code;
    if (code) window.dispatchEvent(new CustomEvent("atlas:row-hover", { detail: code }));
  };
  const leave = () => window.dispatchEvent(new CustomEvent("atlas:row-hover", { detail: null }));

  more();
  const held = box.getRootNode().activeElement; // the keyboard was in the table that this one replaces
  const had = held && box.contains(held);
  box.replaceChildren(...said(data), table, foot);
  box.scrollTop = 0;
  const seen = data.selected ? reveal(data.selected) : null;
  if (had) (seen || body.querySelector("tr[data-code]"))?.querySelector("button")?.focus({ preventScroll: true });
  body.addEventListener("keydown", (event) => walk(event, body, data, (n) => more(n)));
  body.addEventListener("pointerover", point);
  body.addEventListener("focusin", point);
  body.addEventListener("pointerleave", leave);
  body.addEventListener("focusout", leave);
  const steps = {
    start() {
      if (next < data.rows.length) watcher.observe(foot);
      window.addEventListener("atlas:map-hover", onMap);
    },
    // Other pins in the same table: the rows stay, and so does the keyboard's focus.
    pin({ pins, full }) {
      Object.assign(data, { pins, full });
      for (const [code, row] of byCode) {
        const button = row.querySelector(".pin button");
        if (button) paintPin(button, data, code);
      }
    },
    stop() {
      watcher.disconnect();
      window.removeEventListener("atlas:map-hover", onMap);
    },
  };
  steps.start();
  return steps;
}

function caption(data) {
  const element = document.createElement("caption");
  element.textContent = data.caption;
  return element;
}

function head(data, send) {
  const section = document.createElement("thead");
  const row = section.insertRow();
  for (const [column, title] of columnsOf(data)) {
    if (column === "value" && data.shares) {
      const bars = document.createElement("td");
      bars.className = "bar";
      bars.setAttribute("aria-hidden", "true"); // the value beside it says the same
      row.append(bars);
    }
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.className = column.replace(/\d+$/, "");
    if (data.sorts.includes(column)) {
      const button = action(title, () => send("sort", column));
      button.title = data.hints.sort;
      cell.append(button);
      if (data.sort === column) cell.setAttribute("aria-sort", "ascending");
    } else {
      cell.textContent = title;
    }
    row.append(cell);
  }
  if (data.pins) {
    const pins = document.createElement("td");
    pins.className = "pin";
    row.append(pins);
  }
  return section;
}

const columnsOf = (data) => Object.entries(data.heads).filter(([column]) => !data.once?.includes(column));

const ranked = (data) => !data.once?.includes("rank");

// What all rows share, said once.
function said(data) {
  if (!data.said) return [];
  const line = document.createElement("p");
  line.textContent = data.said;
  return [line];
}

function bar(row, share, color) {
  const made = cell(row, "bar");
  made.setAttribute("aria-hidden", "true");
  if (share == null || share < 0) return;
  const stripe = document.createElement("i");
  stripe.className = "stripe";
  stripe.style.width = `${share / 10}%`;
  if (color) stripe.style.background = color;
  made.append(stripe);
}

// The line of the whole among those of its parts.
function whole(data) {
  const row = document.createElement("tr");
  row.className = "whole";
  if (ranked(data)) cell(row, "rank");
  cell(row, "name").textContent = data.whole.name;
  if (data.shares) bar(row, data.whole.share, "currentColor");
  cell(row, "value").textContent = data.whole.value;
  const left = columnsOf(data).length - (ranked(data) ? 3 : 2) + (data.pins ? 1 : 0);
  if (left > 0) row.insertCell().colSpan = left;
  return row;
}

// From row to row by the arrows, to either end, and to the next name that begins with a letter.
function walk(event, body, data, more) {
  const row = event.target.closest?.("tr[data-code]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const here = data.rows.findIndex(([code]) => code === row.dataset.code), last = data.rows.length - 1;
  const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: last };
  let to = steps[event.key];
  if (to === undefined && /^\p{L}$/u.test(event.key)) {
    const begins = (at) => plainly(data.rows[at][2]).startsWith(plainly(event.key));
    const order = data.rows.map((_, at) => (here + 1 + at) % (last + 1));
    to = order.find(begins);
  }
  if (to === undefined || to < 0 || to > last) return;
  event.preventDefault();
  more(to + 1);
  body.querySelector(`tr[data-code="${CSS.escape(data.rows[to][0])}"] button`)?.focus();
}

const plainly = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

function line(data, [code, rank, name, value, mark, date, source, group, more = []], send, share) {
  const sourced = (text) => {
    const button = action(text, () => {
      send("source", code);
      comeBack(button);
    });
    button.title = data.hints.source;
    return button;
  };
  const row = document.createElement("tr");
  row.dataset.code = code;
  if (code === data.selected) row.className = "selected";
  if (ranked(data)) cell(row, "rank").textContent = rank ?? "";
  const title = cell(row, "name");
  const open = action(name, () => {
    choose([`open:${code}`], () => send("open", code));
  });
  open.addEventListener("pointerenter", () => consider([`open:${code}`]));
  open.addEventListener("pointerleave", () => consider(null));
  open.title = data.hints.open;
  title.append(open);
  if (data.shares) bar(row, share, data.colors[group]);
  const figure = cell(row, "value");
  if (value === "") {
    // Where sources disagree, or one says why there is no figure, they can be looked up.
    const told = mark === "conflicting" || data.sources[source];
    const state = told ? sourced(data.whys?.[code] ?? data.marks[mark]) : document.createElement("span");
    state.className = "state";
    state.textContent = data.whys?.[code] ?? data.marks[mark];
    figure.append(state);
  } else {
    const key = document.createElement("i");
    if (data.shares) key.className = "none";
    else if (data.colors[group]) key.style.background = data.colors[group];
    else key.className = "off";
    figure.append(key, sourced(value));
    if (data.marks[mark] && !data.once?.includes("mark")) {
      const state = document.createElement("small");
      state.textContent = data.marks[mark];
      figure.append(state);
    }
  }
  more.forEach((text, at) => {
    const other = cell(row, "more");
    if (data.hints.more && text) {
      const button = action(text, () => send("more", `${at}:${code}`));
      button.title = data.hints.more;
      other.append(button);
    } else {
      other.textContent = text;
    }
  });
  if (!data.once?.includes("date")) cell(row, "date").textContent = data.dates[date] ?? "";
  if (!data.once?.includes("source")) {
    const origin = cell(row, "source");
    origin.textContent = origin.title = data.sources[source] ?? "";
    // Where there is no room for a column, it stands below the name (ranking.css).
    const below = document.createElement("small");
    below.className = "from";
    below.textContent = origin.textContent;
    title.append(below);
  }
  if (data.pins) row.append(pinCell(data, code, name, send));
  return row;
}

function pinCell(data, code, name, send) {
  const cell = document.createElement("td");
  cell.className = "pin";
  const button = action("", () => {
    choose([`pin:${code}`], () => send("pin", code));
  });
  button.dataset.name = name;
  paintPin(button, data, code);
  cell.append(button);
  return cell;
}

function paintPin(button, data, code) {
  const pinned = code in data.pins;
  const says = pinned ? data.pinning.remove : data.full ? data.pinning.most : data.pinning.add;
  button.title = says.replace("{name}", button.dataset.name);
  button.setAttribute("aria-label", button.title);
  button.setAttribute("aria-pressed", pinned);
  button.disabled = data.full && !pinned;
  button.style.setProperty("--pin", data.pins[code] ?? "");
}

// The line above the rows that the filters leave out.
function rest(data) {
  const row = document.createElement("tr");
  row.className = "rest";
  const cell = row.insertCell();
  cell.colSpan = columnsOf(data).length + (data.shares ? 2 : 1);
  cell.textContent = data.rest;
  return row;
}

function cell(row, column) {
  const made = row.insertCell();
  made.className = column;
  return made;
}

// The dialog gives the focus back to the page only, not into a component.
function comeBack(button) {
  let opened = false;
  const watcher = new MutationObserver(() => {
    const open = document.querySelector("[role=dialog]") !== null;
    if (opened && !open) {
      watcher.disconnect();
      setTimeout(() => button.focus({ preventScroll: true }));
    }
    opened ||= open;
  });
  watcher.observe(document.body, { childList: true, subtree: true });
}

function action(text, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", run);
  return button;
}
