// The filters of areas, in one panel that opens; every choice is one line of text (metrics/panel/filter_text.py).
//
// data: {title, clear, counted, lang, value: {low, high, first, last, regions, types, categories, missing},
//        names: {value, rank, region, type, status, missing}, unit, ends: {from, to}, low, high: as written,
//        offered: names in order, choices: {region, type, status}: [[id, text, note]], hints: {name: text}, wrong}
// Trigger "set" with the line, "" for none.

import { choose } from "./choosing.js";

const FIELDS = { region: "regions", type: "types", status: "categories" };

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".filters");
  const text = JSON.stringify(data);
  root.send = (line) => choose([`filters:${line}`], () => setTriggerValue("set", line));
  if (root.text === text) return;
  root.text = text;
  draw(root, data);
}

function draw(root, data) {
  const panel = root.querySelector("details");
  const focused = root.getRootNode().activeElement?.dataset.key;
  const summary = make("summary", data.title);
  if (data.counted) summary.append(make("b", data.counted));
  const form = document.createElement("form");
  form.noValidate = true;
  for (const name of data.offered) form.append(group(name, data));
  const foot = make("div");
  foot.className = "foot";
  const wrong = make("p");
  wrong.setAttribute("role", "alert");
  const clear = make("button", data.clear);
  clear.type = "button";
  clear.dataset.key = "clear";
  clear.hidden = !data.counted;
  clear.addEventListener("click", () => root.send(""));
  foot.append(wrong, clear);
  form.append(foot);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    const line = read(form, data);
    wrong.textContent = line === null ? data.wrong : "";
    if (line !== null) root.send(line);
  });
  panel.replaceChildren(summary, form);
  if (focused) panel.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}

function group(name, data) {
  const set = document.createElement("fieldset");
  if (name === "missing") {
    set.append(box(name, "missing", data.names.missing, data.value.missing));
    return set;
  }
  set.append(make("legend", data.names[name]));
  if (name === "value") set.append(pair(name, data, data.low, data.high, "decimal"));
  else if (name === "rank") set.append(pair(name, data, "1", "", "numeric"));
  else for (const [id, text, note] of data.choices[name]) {
    set.append(box(name, id, text, data.value[FIELDS[name]].includes(id), note));
  }
  if (data.hints[name]) set.append(make("small", data.hints[name]));
  return set;
}

function pair(name, data, low, high, mode) {
  const row = make("div");
  row.className = "pair";
  const [from, to] = name === "value" ? ["low", "high"] : ["first", "last"];
  for (const [end, hint, says] of [[from, low, data.ends.from], [to, high, data.ends.to]]) {
    const label = make("label", says);
    const input = document.createElement("input");
    Object.assign(input, { name: end, inputMode: mode, placeholder: hint, value: data.value[end], autocomplete: "off" });
    input.setAttribute("aria-label", `${data.names[name]}: ${says}`);
    input.dataset.key = end;
    label.append(input);
    row.append(label);
  }
  if (name === "value" && data.unit) row.append(make("span", data.unit));
  return row;
}

function box(name, id, text, checked, note) {
  const label = make("label");
  label.className = "box";
  const input = document.createElement("input");
  Object.assign(input, { type: "checkbox", name, value: id, checked });
  input.dataset.key = `${name} ${id}`;
  label.append(input, make("span", text));
  if (note) label.append(make("small", note));
  return label;
}

// The line of all that is chosen; null while a number cannot be read.
function read(form, data) {
  const fields = new FormData(form);
  const parts = [];
  for (const [name, from, to] of [["value", "low", "high"], ["rank", "first", "last"]]) {
    const ends = [from, to].map((end) => plain(fields.get(end) ?? "", data.lang, name === "rank"));
    if (ends.includes(null)) return null;
    if (ends.some(Boolean)) parts.push(`${name}:${ends.join("..")}`);
  }
  for (const name of ["region", "type", "status"]) {
    const chosen = fields.getAll(name);
    if (chosen.length) parts.push(`${name}:${chosen.join(",")}`);
  }
  if (fields.get("missing")) parts.push("missing");
  return parts.join(";");
}

// From a number as written in a language to a plain one; "" for nothing, null for what is none.
function plain(text, lang, whole) {
  const [thousands, decimal] = lang === "vi" ? [".", ","] : [",", "."];
  const bare = text.trim().replace(/[\s\u00a0]/g, "").replace("\u2212", "-");
  if (!bare) return "";
  const grouped = new RegExp(`^-?[0-9]{1,3}(\\${thousands}[0-9]{3})+(\\${decimal}[0-9]+)?$`);
  const simple = new RegExp(`^-?[0-9]{1,15}(\\${decimal}[0-9]{1,6})?$`);
  if (!grouped.test(bare) && !simple.test(bare)) return null;
  const value = bare.replaceAll(thousands, "").replace(decimal, ".");
  return whole && value.includes(".") ? null : value;
}

function make(tag, text = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
