// A table of counts by area, in step with the map's pointer: every row can be opened by keyboard.
//
// data: {caption, mark: words above the table on what is made up or "", heads: [[id, title]], sorts: ids, sort,
//        rows: [[code or null, [texts], class]], colors, selected, hints: {open, sort}}
// Triggers "open" (code), "sort" (id).

const CHUNK = 120;

export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".counts");
  const text = JSON.stringify(data);
  box.send = setTriggerValue;
  if (box.text !== text) {
    box.stop?.();
    box.stop = draw(box, data, (name, value) => box.send(name, value));
    box.text = text;
  }
  return () => {
    box.stop?.();
    box.stop = box.text = null;
  };
}

function draw(box, data, send) {
  const table = document.createElement("table");
  const caption = table.createCaption();
  caption.textContent = data.mark || data.caption;
  if (!data.mark) caption.className = "unseen";
  table.append(head(data, send));
  const body = table.createTBody();
  const foot = document.createElement("div");
  let next = 0;

  function more() {
    for (const until = next + CHUNK; next < Math.min(until, data.rows.length); next += 1) {
      body.append(line(data, data.rows[next], send));
    }
    if (next >= data.rows.length) watcher.disconnect();
  }
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    more();
    if (next >= data.rows.length) return;
    watcher.unobserve(foot); // asked anew, it also tells of an end that was never out of sight
    watcher.observe(foot);
  }, { root: box, rootMargin: "300px" });

  const tell = (detail) => window.dispatchEvent(new CustomEvent("atlas:row-hover", { detail }));
  const point = (event) => {
    const code = event.target.closest?.("tr")?.dataset.code;
    if (code) tell(code);
  };
  const leave = () => tell(null);
  const onMap = (event) => {
    body.querySelector(".pointed")?.classList.remove("pointed");
    const row = event.detail && body.querySelector(`[data-code="${CSS.escape(event.detail)}"]`);
    row?.classList.add("pointed");
  };
  body.addEventListener("pointerover", point);
  body.addEventListener("focusin", point);
  body.addEventListener("pointerleave", leave);
  body.addEventListener("focusout", leave);
  window.addEventListener("atlas:map-hover", onMap);
  more();
  box.replaceChildren(table, foot);
  box.scrollTop = 0;
  if (next < data.rows.length) watcher.observe(foot);
  return () => {
    watcher.disconnect();
    window.removeEventListener("atlas:map-hover", onMap);
  };
}

function head(data, send) {
  const section = document.createElement("thead");
  const row = section.insertRow();
  for (const [id, title] of data.heads) {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (data.sorts.includes(id)) {
      const button = action(title, data.hints.sort, () => send("sort", id));
      cell.append(button);
      if (data.sort === id) cell.setAttribute("aria-sort", id === "place" ? "ascending" : "descending");
    } else {
      cell.textContent = title;
    }
    row.append(cell);
  }
  return section;
}

function line(data, [code, texts, group], send) {
  const row = document.createElement("tr");
  if (code) row.dataset.code = code;
  if (code && code === data.selected) row.className = "selected";
  texts.forEach((text, at) => {
    const cell = row.insertCell();
    if (at) cell.dataset.label = data.heads[at]?.[1] ?? ""; // said beside it where there is no room for columns
    if (at === 1 && data.colors.length) {
      const key = document.createElement("i");
      if (data.colors[group]) key.style.background = data.colors[group];
      else key.className = "off";
      cell.append(key);
    }
    if (at === 0 && code) cell.append(action(text, data.hints.open, () => send("open", code)));
    else cell.append(text);
  });
  return row;
}

function action(text, hint, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.title = hint;
  button.addEventListener("click", run);
  return button;
}
