// A scatter plot of areas, in step with the map and the table: what is pointed at in one is marked
// in all. One stop of the Tab key; arrows go from point to point, Enter selects.
//
// data: {label, lang, x: {name, digits}, y: {name, digits}, lines: {x: [[value, text]], y: [...]},
//        points: [[code, name, x, y, x as written, y as written, class]], colors, ink, selected,
//        dim: codes that are not in the cell chosen, more}
// Trigger "chosen" with the code of an area, "" where the selected one is chosen again.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = { top: 10, right: 12, bottom: 40, left: 52 };
const MANY = 400; // more points are smaller and stay without names

export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".scatter");
  const text = JSON.stringify(data);
  box.send = setTriggerValue;
  if (box.text !== text) {
    box.plot?.stop();
    box.plot = build(box, data, (code) => box.send("chosen", code));
    box.text = text;
  }
  box.plot.start();
  return () => box.plot.stop();
}

function build(box, data, send) {
  const ids = new Map(data.points.map(([code], at) => [code, at]));
  const byX = [...data.points.keys()].sort((a, b) => data.points[a][2] - data.points[b][2]
    || data.points[a][3] - data.points[b][3]);
  let active = ids.get(data.selected) ?? -1;
  let spots = [], list = null, tip = null, wide = 0;

  const watcher = new ResizeObserver(() => {
    if (Math.abs(box.clientWidth - wide) > 4) draw();
  });

  function draw() {
    const focused = list && box.getRootNode().activeElement === list;
    wide = box.clientWidth || 360;
    const tall = Math.max(260, Math.min(380, wide * 0.82));
    const svg = make("svg", { viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall, role: "none" });
    const across = scale(data.points.map((p) => p[2]), MARGIN.left + 8, wide - MARGIN.right - 8);
    const up = scale(data.points.map((p) => p[3]), tall - MARGIN.bottom - 8, MARGIN.top + 8);
    svg.append(axes(data, across, up, wide, tall));
    list = make("g", {
      role: "listbox", tabindex: 0, class: "points", "aria-label": data.label,
    });
    const radius = data.points.length > MANY ? 2.6 : data.points.length > 100 ? 3.6 : 5;
    const dim = new Set(data.dim || []);
    spots = data.points.map(([code, name, x, y, xt, yt, group], at) => {
      const spot = make("circle", {
        cx: across.at(x), cy: up.at(y), r: radius, fill: data.colors[group] ?? data.ink, role: "option",
        id: `spot-${at}`, "aria-label": `${name}: ${data.x.name} ${xt}; ${data.y.name} ${yt}`,
        "aria-selected": code === data.selected, class: dim.has(code) ? "dim" : "",
      });
      spot.dataset.at = at;
      if (dim.has(code)) list.prepend(spot);
      else list.append(spot);
      return spot;
    });
    svg.append(list);
    if (data.points.length <= MANY) svg.append(names(data, spots, wide, tall, dim));
    tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    box.replaceChildren(svg, tip);
    listen();
    if (focused) list.focus({ preventScroll: true });
  }

  function listen() {
    const at = (event) => event.target.dataset?.at;
    list.addEventListener("pointerover", (event) => at(event) && point(Number(at(event)), true));
    list.addEventListener("pointerleave", () => point(-1, true));
    list.addEventListener("click", (event) => at(event) && choose(Number(at(event))));
    list.addEventListener("focus", () => point(active >= 0 ? active : byX[0], true));
    list.addEventListener("blur", () => point(-1, true));
    list.addEventListener("keydown", key);
  }

  function key(event) {
    const here = byX.indexOf(active);
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (step) point(byX[Math.max(0, Math.min(byX.length - 1, here + step))], true);
    else if (event.key === "Home") point(byX[0], true);
    else if (event.key === "End") point(byX.at(-1), true);
    else if (event.key === "Enter" || event.key === " ") choose(active);
    else return;
    event.preventDefault();
  }

  function choose(at) {
    const code = data.points[at]?.[0];
    if (code !== undefined) send(code === data.selected ? "" : code);
  }

  // Marks a point; tells map and table of it where the reader pointed at it here.
  function point(at, here) {
    for (const spot of list.querySelectorAll(".pointed")) spot.classList.remove("pointed");
    if (at >= 0) {
      active = at;
      spots[at].classList.add("pointed");
      // On top of the others; moved again while it is pressed, it would miss the click.
      if (list.lastChild !== spots[at]) list.append(spots[at]);
      list.setAttribute("aria-activedescendant", `spot-${at}`);
    }
    say(at);
    if (!here) return;
    const detail = at >= 0 ? data.points[at][0] : null;
    for (const name of ["atlas:row-hover", "atlas:map-hover"]) {
      window.dispatchEvent(new CustomEvent(name, { detail }));
    }
  }

  function say(at) {
    tip.hidden = at < 0;
    if (at < 0) return;
    const [, name, , , xt, yt] = data.points[at];
    const title = document.createElement("b");
    title.textContent = name;
    const lines = [`${data.x.name}: ${xt}`, `${data.y.name}: ${yt}`].map((text) => {
      const line = document.createElement("span");
      line.textContent = text;
      return line;
    });
    tip.replaceChildren(title, ...lines);
    const x = Number(spots[at].getAttribute("cx")), y = Number(spots[at].getAttribute("cy"));
    const low = y < 90;
    tip.style.left = `${Math.max(4, Math.min(wide - tip.offsetWidth - 4, x - tip.offsetWidth / 2))}px`;
    tip.style.top = `${low ? y + 12 : y - tip.offsetHeight - 10}px`;
  }

  const elsewhere = (event) => {
    const at = event.detail === null ? -1 : ids.get(event.detail) ?? -1;
    if (!list.querySelector(".pointed") || data.points[active]?.[0] !== event.detail) point(at, false);
  };
  draw();
  return {
    start() {
      watcher.observe(box);
      for (const name of ["atlas:row-hover", "atlas:map-hover"]) window.addEventListener(name, elsewhere);
    },
    stop() {
      watcher.disconnect();
      for (const name of ["atlas:row-hover", "atlas:map-hover"]) window.removeEventListener(name, elsewhere);
    },
  };
}

function make(tag, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

function scale(values, from, to) {
  let low = Math.min(...values), high = Math.max(...values);
  if (low === high) [low, high] = [low - 1, high + 1];
  const step = nice((high - low) / 5);
  const ticks = [];
  for (let n = Math.ceil(low / step); n * step <= high + step * 1e-9; n += 1) ticks.push(n * step);
  return { at: (value) => from + ((value - low) / (high - low)) * (to - from), ticks, step };
}

function nice(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= step * 0.999);
}

function axes(data, across, up, wide, tall) {
  const group = make("g", { class: "axes", "aria-hidden": "true" });
  const write = (value, step) => new Intl.NumberFormat(data.lang === "vi" ? "vi-VN" : "en-GB", {
    maximumFractionDigits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  }).format(value);
  const foot = tall - MARGIN.bottom;
  for (const value of up.ticks) {
    group.append(make("line", { class: "grid", x1: MARGIN.left, x2: wide - MARGIN.right, y1: up.at(value), y2: up.at(value) }));
    group.append(make("text", { x: MARGIN.left - 6, y: up.at(value) + 4, "text-anchor": "end" }, write(value, up.step)));
  }
  for (const value of across.ticks) {
    group.append(make("line", { class: "grid", x1: across.at(value), x2: across.at(value), y1: MARGIN.top, y2: foot }));
    group.append(make("text", { x: across.at(value), y: foot + 15, "text-anchor": "middle" }, write(value, across.step)));
  }
  for (const [value, text] of data.lines.x) {
    group.append(named(make("line", { class: "mark", x1: across.at(value), x2: across.at(value), y1: MARGIN.top, y2: foot }), text));
  }
  for (const [value, text] of data.lines.y) {
    group.append(named(make("line", { class: "mark", x1: MARGIN.left, x2: wide - MARGIN.right, y1: up.at(value), y2: up.at(value) }), text));
  }
  group.append(make("text", { class: "name", x: wide - MARGIN.right, y: tall - 6, "text-anchor": "end" }, `${data.x.name} →`));
  group.append(make("text", { class: "name", x: -MARGIN.top, y: 12, transform: "rotate(-90)", "text-anchor": "end" }, `${data.y.name} →`));
  return group;
}

function named(line, text) {
  line.append(make("title", {}, text));
  return line;
}

// Names beside the points, as many as fit; the selected one always.
function names(data, spots, wide, tall, dim) {
  const group = make("g", { class: "names", "aria-hidden": "true" });
  const taken = spots.map((spot) => {
    const x = Number(spot.getAttribute("cx")), y = Number(spot.getAttribute("cy"));
    return [x - 5, y - 5, x + 5, y + 5];
  });
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = '11px "Be Vietnam Pro", sans-serif';
  const free = (box, own) => box[0] > MARGIN.left && box[2] < wide && box[1] > 0
    && box[3] < tall - MARGIN.bottom
    && !taken.some((o, at) => at !== own && box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1]);
  const first = [...data.points.keys()].sort((a, b) =>
    (data.points[b][0] === data.selected) - (data.points[a][0] === data.selected)
    || dim.has(data.points[a][0]) - dim.has(data.points[b][0]));
  for (const at of first) {
    const [code, name] = data.points[at];
    const x = Number(spots[at].getAttribute("cx")), y = Number(spots[at].getAttribute("cy"));
    const w = pen.measureText(name).width;
    const places = [[x + 8, y + 4], [x - 8 - w, y + 4], [x - w / 2, y - 9], [x - w / 2, y + 18]];
    const fit = places.find(([left, base]) => free([left, base - 10, left + w, base + 3], at))
      ?? (code === data.selected ? places[0] : null);
    if (!fit) continue;
    taken.push([fit[0], fit[1] - 10, fit[0] + w, fit[1] + 3]);
    group.append(make("text", { x: fit[0], y: fit[1], class: code === data.selected ? "selected" : dim.has(code) ? "dim" : "" }, name));
  }
  return group;
}
