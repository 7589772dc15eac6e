// A square legend that counts: each cell is the colour of the map and the number of its areas, and a
// button that lists them.
//
// data: {caption, x, y, columns: [{word, range}], rows: [...] the highest first,
//        cells: rows of [{key, n, color, label}], chosen, hint}
// Trigger "chosen" with the key of a cell, "" where the chosen one is pressed again.

export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".crosstable");
  const at = box.contains(document.activeElement) || parentElement.activeElement;
  const key = at?.dataset?.key;
  const table = document.createElement("table");
  table.createCaption().textContent = data.caption;
  const body = table.createTBody();
  data.cells.forEach((cells, r) => {
    const row = body.insertRow();
    if (r === 0) {
      const side = element("th", "side");
      side.scope = "rowgroup";
      side.rowSpan = data.cells.length;
      side.append(element("span", "", `${data.y} →`));
      row.append(side);
    }
    row.append(head(data.rows[r], "row"));
    for (const cell of cells) row.insertCell().append(button(cell, data, setTriggerValue));
  });
  const foot = body.insertRow();
  foot.append(element("td", ""), element("td", ""));
  for (const column of data.columns) foot.append(head(column, "col"));
  const below = body.insertRow();
  below.append(element("td", ""), element("td", ""));
  const name = element("th", "below", `${data.x} →`);
  name.colSpan = data.columns.length;
  name.scope = "colgroup";
  below.append(name);
  box.replaceChildren(table);
  if (key) box.querySelector(`[data-key="${key}"]`)?.focus();
}

function head({ word, range }, scope) {
  const cell = element("th", "");
  cell.scope = scope;
  cell.append(element("span", "", word), element("small", "", range));
  return cell;
}

function button(cell, data, send) {
  const made = element("button", dark(cell.color) ? "dark" : "", cell.n);
  made.type = "button";
  made.dataset.key = cell.key;
  made.style.background = cell.color;
  made.title = `${cell.label}. ${data.hint}`;
  made.setAttribute("aria-label", cell.label);
  made.setAttribute("aria-pressed", data.chosen === cell.key);
  made.addEventListener("click", () => send("chosen", data.chosen === cell.key ? "" : cell.key));
  return made;
}

function dark(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 140;
}

function element(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
