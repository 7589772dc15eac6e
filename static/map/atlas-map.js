// The map in the browser: geometry is fetched once by address, every change only restyles it.
//
// AtlasMap.attach(map)  is called once by the constant base map.
// AtlasMap.show(view)   is called at every change with what is to be drawn (see geo/maps/choropleth.py,
//                       MapView.message, for the meaning of each field).
(() => {
  "use strict";

  const STATIC = document.currentScript.src.replace(/map\/[^/]*$/, "");
  const CLASS_CODES = "0123456789";
  const LARGEST_CIRCLE = 52; // px across, as in the legend (ui/scene/legend.py)
  // The page that holds this frame, where it is one of ours; a page of others may not be touched.
  const host = (() => {
    if (window.ATLAS_GEOMETRY) return window; // a map in a file of its own
    try {
      return parent.document && parent;
    } catch {
      return window;
    }
  })();
  const REDUCED = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const layers = new Map(); // address → promise of a decoded layer
  let map = null;
  let renderer = null;
  let shown = null; // {layer, view, group}
  let ink = null; // colours of the current theme
  let ticket = 0; // the newest show() wins
  let hovered = null;
  let clicks = Date.now(); // two clicks on one area must differ

  // ---- theme -----------------------------------------------------------------------------

  const LIGHT = {
    paper: "#ffffff", sea: "#f3f6f7", land: "#eceeec", hatch: "#b4bab8", line: "#ffffff", context: "#e9ecec", edge: "#8d9599",
    province: "#7c8588", ink: "#1d2327", halo: "rgba(255,255,255,.92)", grey: "#d5d8d6", off: "#c5c9cb", mute: "#7a8185",
  };
  const DARK = {
    paper: "#14181b", sea: "#101416", land: "#262c30", hatch: "#5d676d", line: "#14181b", context: "#1b2023", edge: "#77828a",
    province: "#8f999e", ink: "#f0f3f4", halo: "rgba(20,24,27,.9)", grey: "#3b4348", off: "#4c5154", mute: "#9aa3a7",
  };

  function isDark() {
    const fixed = document.documentElement.dataset.theme; // of a map in a file of its own
    if (fixed) return fixed === "dark";
    try {
      const color = getComputedStyle(host.document.querySelector(".stApp")).backgroundColor;
      const [r, g, b] = color.match(/\d+/g).map(Number);
      return r + g + b < 384;
    } catch {
      return false;
    }
  }

  function pattern(lines, colors) {
    const size = 7;
    const ratio = window.devicePixelRatio || 1;
    const tile = document.createElement("canvas");
    tile.width = tile.height = size * ratio;
    const pen = tile.getContext("2d");
    pen.scale(ratio, ratio);
    pen.fillStyle = colors.paper;
    pen.fillRect(0, 0, size, size);
    pen.strokeStyle = colors.hatch;
    pen.lineWidth = 1;
    if (lines === ".") {
      pen.fillStyle = colors.hatch;
      pen.fillRect(1, 1, 1.4, 1.4);
      pen.fillRect(4.5, 4.5, 1.4, 1.4);
    }
    if (lines === "-") {
      pen.fillStyle = colors.hatch;
      pen.fillRect(0, 3, size, 1);
    }
    for (const line of ".-".includes(lines) ? "" : lines) {
      pen.beginPath();
      for (const shift of [-size, 0, size]) {
        pen.moveTo(line === "/" ? shift : shift + size, size);
        pen.lineTo(line === "/" ? shift + size : shift, 0);
      }
      pen.stroke();
    }
    const fill = pen.createPattern(tile, "repeat");
    fill.setTransform(new DOMMatrix().scale(1 / ratio));
    return fill;
  }

  function setTheme() {
    const dark = isDark();
    if (ink && ink.dark === dark) return;
    const colors = dark ? DARK : LIGHT;
    ink = {
      ...colors, dark,
      fills: {
        n: pattern("/", colors), // no figure yet
        s: pattern("\\", colors), // the unit was split, the old figure cannot be carried
        c: pattern("/\\", colors), // sources disagree
        m: pattern(".", colors), // not named in a list that is not exhaustive
        p: pattern("\\", colors), // carried from another map, but parts are missing
        u: pattern("/\\", colors), // carried, but the parts are not alike
        k: colors.grey, // cannot be carried from the other map
        d: colors.grey, // has a figure, from which the number drawn cannot be made
        w: colors.grey, // has a figure that compares nothing
        f: colors.grey, // has a figure, but is not among those singled out
        o: pattern("-", colors), // has a figure, but not what the map is of
        x: colors.grey, // not applicable or suppressed
        e: colors.paper, // did not exist at that date
      },
    };
    document.documentElement.classList.toggle("dark", dark);
    map.getContainer().style.background = colors.sea;
  }

  // ---- geometry --------------------------------------------------------------------------

  function decode(topology) {
    const object = topology.objects.areas;
    const features = new Map();
    const collection = topojson.feature(topology, object);
    for (const feature of collection.features) features.set(String(feature.id), feature);
    const nested = collection.features.some((f) => f.properties.p);
    const borders = nested
      ? topojson.mesh(topology, object, (a, b) => a === b || a.properties.p !== b.properties.p)
      : topojson.mesh(topology, object, (a, b) => a === b);
    return { features, nested, borders, collection };
  }

  async function fetched(address) {
    const answer = await fetch(STATIC + address);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function load(address) {
    if (!layers.has(address)) {
      const inside = window.ATLAS_GEOMETRY?.[address]; // of a map in a file of its own
      const promise = (inside ? Promise.resolve(inside) : fetched(address)).then(decode);
      promise.catch(() => layers.delete(address));
      layers.set(address, promise);
    }
    return layers.get(address);
  }

  // Made once of a layer: what is on the map of it is taken off and put back.
  function mount(layer) {
    if (layer.mounted) return layer.mounted;
    const paths = new Map();
    for (const [code, feature] of layer.features) {
      const path = L.GeoJSON.geometryToLayer(feature, { style: null });
      Object.assign(path.options, { renderer, smoothFactor: 0.6, bubblingMouseEvents: false });
      path.on("mouseover", (event) => hover(code, event.latlng));
      path.on("mousemove", (event) => tooltip.setLatLng(event.latlng));
      path.on("mouseout", () => hover(null));
      path.on("click", () => click(code));
      path.on("contextmenu", () => click(code, true)); // the right button, or a long press: pin
      paths.set(code, path);
    }
    const borders = L.geoJSON(layer.borders, { renderer, interactive: false, smoothFactor: 0.6 });
    layer.mounted = { group: L.layerGroup(), paths, borders };
    return layer.mounted;
  }

  // Puts a layer on the map: first what is in view, which is all that is seen when it is painted.
  function put({ group, paths, borders }) {
    const near = map.getBounds().pad(0.3); // the canvas reaches a quarter beyond the view
    const far = [...paths.values()].filter((path) => {
      if (!near.intersects(path.getBounds())) return true;
      group.addLayer(path);
      return false;
    });
    group.addLayer(borders);
    map.addLayer(group);
    return far;
  }

  function complete() {
    const { group, far, borders } = shown;
    if (!far.length) return;
    shown.far = [];
    for (const path of far) group.addLayer(path);
    borders.bringToFront();
  }

  // ---- what one area looks like ----------------------------------------------------------

  function inFocus(code) {
    const { view, layer } = shown;
    if (!view.focus || !layer.nested) return true;
    return layer.features.get(code)?.properties.p === view.focus;
  }

  // Circles and markers stand on plain land.
  const bare = () => shown.view.circles || shown.view.card;

  // Left out by the reader's filters.
  const isOff = (code) => !!shown.view.off && shown.view.off[shown.index.get(code)] === "1";

  function fillOf(code) {
    const { view, index } = shown;
    if (!inFocus(code)) return ink.context;
    if (isOff(code)) return ink.off; // a darker grey at 35 % over the paper
    if (view.plain && !index.has(code)) return view.focus ? ink.paper : ink.land;
    const mark = index.has(code) ? view.marks[index.get(code)] : "n";
    if (CLASS_CODES.includes(mark)) {
      return bare() ? (view.focus ? ink.paper : ink.land) : view.palette[Number(mark)];
    }
    return ink.fills[mark] || ink.land;
  }

  function styleOf(code) {
    const focus = inFocus(code);
    return {
      stroke: true,
      color: focus ? edgeOf(code) : ink.context,
      weight: shown.layer.features.size > 1000 ? 0.35 : 0.8,
      opacity: 1,
      fill: true,
      fillColor: fillOf(code),
      fillOpacity: 1,
    };
  }

  // White lines part colours; where there is none, areas are told apart by lines that can be seen.
  function edgeOf(code) {
    if (bare() || shown.view.plain) return ink.hatch;
    const { view, index } = shown;
    const mark = index.has(code) ? view.marks[index.get(code)] : "n";
    return CLASS_CODES.includes(mark) ? ink.line : ink.edge;
  }

  // ---- drawing ---------------------------------------------------------------------------

  let overlay = null; // circles, islets, outlines: few, so drawn as SVG above the canvas

  function drawOverlay() {
    overlay.clearLayers();
    const { view, layer, index } = shown;
    for (const symbol of view.symbols) drawArchipelago(symbol);
    if (view.circles) drawCircles(view, layer, index);
    if (view.card) drawMarkers(view, layer, index);
    if (view.dots) drawDots(view);
    drawWatermark(view.watermark || "");
    for (const [code, color] of Object.entries(view.pins || {})) {
      outline(code, 5.4, ink.paper); // keeps the colour apart from those of the classes
      outline(code, 3, color);
    }
    if (view.selected) outline(view.selected, 2.2);
  }

  function outline(code, weight, color = ink.ink) {
    const feature = layer_feature(code);
    if (!feature) return null;
    const line = L.geoJSON(feature, {
      interactive: false, pane: "atlas-outline", renderer: outlines,
      style: { color, weight, fill: false, opacity: 1 },
    });
    overlay.addLayer(line);
    return line;
  }

  const layer_feature = (code) => shown.layer.features.get(code);

  function drawCircles(view, layer, index) {
    const largest = LARGEST_CIRCLE / 2;
    const order = [...index.keys()].filter((c) => view.sizes[index.get(c)] >= 0 && inFocus(c));
    order.sort((a, b) => view.sizes[index.get(b)] - view.sizes[index.get(a)]);
    for (const code of order) {
      const feature = layer_feature(code);
      if (!feature) continue;
      const radius = Math.sqrt(view.sizes[index.get(code)] / 1000) * largest;
      const group = Number(view.marks[index.get(code)]);
      const circle = L.circleMarker([feature.properties.y, feature.properties.x], {
        renderer: outlines, pane: "atlas-circles", radius: Math.max(1.2, radius), weight: 0.8,
        color: ink.dark ? ink.paper : "#ffffff", fillColor: isOff(code) ? ink.mute : view.palette[group] ?? view.palette.at(-1),
        fillOpacity: isOff(code) ? 0.35 : 0.78, bubblingMouseEvents: false,
      });
      circle.on("mouseover", (event) => hover(code, event.latlng));
      circle.on("mouseout", () => hover(null));
      circle.on("click", () => click(code));
      circle.on("contextmenu", () => click(code, true));
      overlay.addLayer(circle);
    }
  }

  function drawMarkers(view, layer, index) {
    for (const code of index.keys()) {
      const mark = view.marks[index.get(code)];
      const feature = layer_feature(code);
      if (!CLASS_CODES.includes(mark) || !feature || !inFocus(code)) continue;
      const spot = L.circleMarker([feature.properties.y, feature.properties.x], {
        renderer: outlines, pane: "atlas-circles", radius: 7, weight: 2, color: ink.paper,
        fillColor: isOff(code) ? ink.mute : view.accent, fillOpacity: 1, bubblingMouseEvents: false,
      });
      spot.on("mouseover", (event) => hover(code, event.latlng));
      spot.on("mouseout", () => hover(null));
      spot.on("click", () => click(code));
      spot.on("contextmenu", () => click(code, true));
      overlay.addLayer(spot);
      if (view.marks.length < 800) outline(code, 1.4);
    }
  }

  // Points over the areas, on the canvas of the areas, since there may be thousands.
  function drawDots(view) {
    for (let at = 0; at < view.dots.length; at += 3) {
      const [x, y, kind] = view.dots.slice(at, at + 3);
      const dot = dotAt([y / 1e4, x / 1e4], view, at / 3, view.dot_colors[kind]);
      const name = view.dot_names?.[at / 3];
      if (name) {
        dot.on("mouseover", (event) => {
          const box = document.createElement("div");
          box.textContent = name;
          tooltip.setContent(box).setLatLng(event.latlng);
          map.openTooltip(tooltip);
        });
        dot.on("mouseout", () => map.closeTooltip(tooltip));
      }
      const code = view.dot_codes?.[at / 3];
      if (code >= 0) dot.on("click", () => window.Streamlit && tell(`dot:${code}`));
      overlay.addLayer(dot);
    }
  }

  function dotAt(point, view, n, color) {
    const mark = view.dot_marks?.[n];
    if (mark) {
      const box = document.createElement("b");
      box.textContent = mark;
      box.style.background = color;
      const icon = L.divIcon({ className: "atlas-dot", html: box, iconSize: [20, 20] });
      return L.marker(point, { icon, keyboard: false, bubblingMouseEvents: false });
    }
    const size = view.dot_sizes?.[n];
    // Their edge is white on either paper: they lie on colours, not on it.
    return L.circleMarker(point, {
      renderer, radius: size ? size / 10 : view.dots.length > 3000 ? 2.6 : 4, weight: 0.8,
      color: "#ffffff", fillColor: color, fillOpacity: size && !view.dot_codes ? 0.6 : 0.95, bubblingMouseEvents: false,
    });
  }

  function drawWatermark(words) {
    const box = map.getContainer();
    let mark = box.querySelector(".atlas-watermark");
    if (!mark && words) {
      mark = document.createElement("div");
      mark.className = "atlas-watermark";
      box.append(mark);
    }
    if (mark) mark.textContent = words;
  }

  function drawArchipelago(symbol) {
    const single = symbol.points.length === 1;
    for (const [lon, lat] of symbol.points) {
      const islet = L.circleMarker([lat, lon], {
        renderer: outlines, pane: "atlas-circles", radius: single ? 5 : 3, weight: 0.9,
        color: ink.province, fillColor: solid(fillOf(symbol.code)), fillOpacity: 1,
        bubblingMouseEvents: false,
      });
      islet.on("mouseover", (event) => hover(symbol.code, event.latlng));
      islet.on("mouseout", () => hover(null));
      islet.on("click", () => click(symbol.code));
      islet.on("contextmenu", () => click(symbol.code, true));
      overlay.addLayer(islet);
    }
  }

  // A canvas pattern cannot fill an SVG circle; its paper colour can.
  const solid = (fill) => (typeof fill === "string" ? fill : ink.paper);

  // ---- the two archipelagos when they are out of view -------------------------------------

  function drawInset() {
    const box = inset.getContainer();
    box.replaceChildren();
    const bounds = map.getBounds();
    for (const symbol of shown.view.symbols) {
      const centre = middle(symbol.points);
      if (bounds.contains([centre[1], centre[0]])) continue;
      box.append(insetBox(symbol, centre));
    }
    box.style.display = box.children.length ? "" : "none";
  }

  function middle(points) {
    const sum = points.reduce(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
    return [sum[0] / points.length, sum[1] / points.length];
  }

  function insetBox(symbol, centre) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "atlas-inset-box";
    const reach = Math.max(0.5, ...symbol.points.map(([x, y]) =>
      Math.max(Math.abs(x - centre[0]), Math.abs(y - centre[1]))));
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "-44 -30 88 60");
    for (const [x, y] of symbol.points) {
      const dot = document.createElementNS(svg.namespaceURI, "circle");
      dot.setAttribute("cx", ((x - centre[0]) / reach) * 26);
      dot.setAttribute("cy", (-(y - centre[1]) / reach) * 22);
      dot.setAttribute("r", symbol.points.length === 1 ? 7 : 4);
      dot.setAttribute("fill", solid(fillOf(symbol.code)));
      dot.setAttribute("stroke", ink.province);
      svg.append(dot);
    }
    const name = document.createElement("span");
    name.textContent = symbol.name;
    const place = document.createElement("small");
    place.textContent = symbol.place;
    button.append(svg, name, place);
    button.addEventListener("click", () => click(symbol.code));
    button.addEventListener("mouseenter", () => announce(symbol.code));
    button.addEventListener("mouseleave", () => announce(null));
    return button;
  }

  // ---- labels ----------------------------------------------------------------------------

  let labels = null; // canvas above everything, redrawn after every move

  function drawLabels() {
    if (!shown) return;
    const size = map.getSize();
    const ratio = window.devicePixelRatio || 1;
    labels.width = size.x * ratio;
    labels.height = size.y * ratio;
    labels.style.width = `${size.x}px`;
    labels.style.height = `${size.y}px`;
    L.DomUtil.setPosition(labels, map.containerPointToLayerPoint([0, 0]));
    const pen = labels.getContext("2d");
    pen.scale(ratio, ratio);
    pen.textAlign = "center";
    pen.lineJoin = "round";
    const taken = covered();
    for (const name of archipelagoNames()) place(pen, name, taken, size, true);
    for (const name of areaNames()) {
      const led = name.first >= 0 && leadOut(pen, name, taken, size);
      if (!led) place(pen, name, taken, size, false);
    }
  }

  // What stands above the map, as boxes: buttons, archipelagos put beside it, words on boundaries.
  function covered() {
    const container = map.getContainer();
    const { left, top } = container.getBoundingClientRect();
    const boxes = [...container.querySelectorAll(".leaflet-control")].map((at) => at.getBoundingClientRect());
    return boxes.filter((box) => box.width).map((box) =>
      [box.left - left, box.top - top, box.right - left, box.bottom - top]);
  }

  function archipelagoNames() {
    return shown.view.symbols.map((symbol) => {
      const lowest = Math.min(...symbol.points.map((p) => p[1]));
      const point = map.latLngToContainerPoint([lowest, middle(symbol.points)[0]]);
      return { text: symbol.label, second: symbol.place, x: point.x, y: point.y + 18, size: 11 };
    });
  }

  // Names of the areas, or of provinces while the areas are too small to carry a name.
  function areaNames() {
    const { view, layer, above, index } = shown;
    const degree = pixelsPerDegree();
    const small = above && degree < 110 && !view.focus;
    const source = small ? above : layer;
    const names = [];
    for (const [code, feature] of source.features) {
      if (!small && !inFocus(code)) continue;
      const { n, e, x, y, a } = feature.properties;
      const point = map.latLngToContainerPoint([y, x]);
      const room = (a / 10000) * degree;
      const many = source.features.size > 100 && !view.focus;
      if (many && room < 9) continue;
      const value = !small && index.has(code) && room > 21 && !isOff(code) ? view.text[index.get(code)] : "";
      names.push({
        text: view.lang === "vi" ? (n === "Hồ Chí Minh" ? `TP. ${n}` : n) : e, second: value, x: point.x, y: point.y, room,
        size: room > 24 ? 12 : 11,
        dark: !small && !bare() && darkFill(code),
        first: source.features.size < 100 ? SOUGHT.indexOf(code) : -1,
      });
    }
    const order = (name) => (name.first < 0 ? SOUGHT.length : name.first);
    return names.sort((p, q) => order(p) - order(q) || q.room - p.room).slice(0, 260);
  }

  // Places that readers look for first: Hà Nội, TP. Hồ Chí Minh, Hải Phòng, Đà Nẵng, Cần Thơ, Huế.
  const SOUGHT = ["01", "79", "31", "48", "92", "46"];
  // Where a name can stand beside an area too small for it: towards the sea before the land.
  const BESIDE = [[1, 0.25], [1, 0.9], [1, -0.5], [0.4, 1.2], [-1, 0.6], [-1, -0.4]];

  // Writes the name of an area that is too small for it beside it, with a line that leads there.
  function leadOut(pen, name, taken, size) {
    pen.font = `500 ${name.size}px "Be Vietnam Pro", sans-serif`;
    const wide = pen.measureText(name.text).width;
    if (wide < name.room * 1.15) return false;
    for (const far of [26, 44, 62]) {
      for (const [right, down] of BESIDE) {
        const x = name.x + right * far + Math.sign(right) * wide / 2, y = name.y + down * far;
        const box = [x - wide / 2 - 3, y - name.size * 0.65, x + wide / 2 + 3, y + name.size * 0.65];
        if (box[0] < 2 || box[1] < 2 || box[2] > size.x - 2 || box[3] > size.y - 2) continue;
        if (taken.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) continue;
        pen.beginPath();
        pen.moveTo(name.x, name.y);
        pen.lineTo(name.x + right * (far - 3), y);
        pen.strokeStyle = ink.halo;
        pen.lineWidth = 2.6;
        pen.stroke();
        pen.strokeStyle = ink.ink;
        pen.lineWidth = 0.9;
        pen.stroke();
        place(pen, { ...name, x, y, second: "", dark: false, room: 0, beside: true }, taken, size, false);
        return true;
      }
    }
    return false;
  }

  const pixelsPerDegree = () =>
    map.latLngToContainerPoint([16, 107]).x - map.latLngToContainerPoint([16, 106]).x;

  function darkFill(code) {
    const fill = fillOf(code);
    if (typeof fill !== "string" || fill[0] !== "#") return ink.dark;
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(fill.slice(at, at + 2), 16));
    return 0.299 * r + 0.587 * g + 0.114 * b < 140;
  }

  function place(pen, name, taken, size, always) {
    if (name.x < -40 || name.y < -10 || name.x > size.x + 40 || name.y > size.y + 10) return;
    pen.font = `500 ${name.size}px "Be Vietnam Pro", sans-serif`;
    const wide = Math.max(pen.measureText(name.text).width,
      name.second ? pen.measureText(name.second).width : 0);
    const tall = name.second ? name.size * 2.5 : name.size * 1.3;
    if (name.x > 0 && name.x < size.x) { // near the edge it is moved in, not cut
      const half = wide / 2 + 4;
      const within = Math.max(half, Math.min(size.x - half, name.x));
      if (always || Math.abs(within - name.x) < 16) name.x = within;
    }
    const box = [name.x - wide / 2 - 3, name.y - tall / 2, name.x + wide / 2 + 3, name.y + tall / 2];
    if (!always && (box[0] < 0 || box[1] < 0 || box[2] > size.x || box[3] > size.y)) return;
    if (!always && taken.some((o) =>
      box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) {
      if (name.second) place(pen, { ...name, second: "" }, taken, size, always);
      return;
    }
    taken.push(box);
    // White stands on dark areas alone; a name that reaches beyond its area is in ink with a halo.
    const light = name.dark && wide < name.room;
    pen.strokeStyle = light ? "rgba(20,24,27,.55)" : ink.halo;
    pen.fillStyle = light ? "#ffffff" : ink.ink;
    pen.lineWidth = light ? 2.2 : 3;
    const first = name.second ? name.y - name.size * 0.25 : name.y + name.size * 0.35;
    write(pen, name.text, name.x, first);
    if (name.second) {
      pen.font = `400 ${name.size - 1}px "Be Vietnam Pro", sans-serif`;
      write(pen, name.second, name.x, first + name.size * 1.2);
    }
  }

  function write(pen, text, x, y) {
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }

  // ---- pointing and choosing --------------------------------------------------------------

  const tooltip = L.tooltip({ direction: "top", offset: [0, -8], className: "atlas-tip" });
  let pointed = null;

  function hover(code, latlng) {
    mark(code);
    announce(code);
    consider(code);
    if (!code) {
      map.closeTooltip(tooltip);
      return;
    }
    tooltip.setContent(tipContent(code)).setLatLng(latlng);
    map.openTooltip(tooltip);
  }

  function mark(code) {
    if (code === hovered) return;
    hovered = code;
    if (pointed) overlay.removeLayer(pointed);
    pointed = code && shown ? outline(code, 1.6) : null;
    tick(code);
  }

  // The second tick of the histogram in the legend, which is on the page that holds this frame.
  function tick(code) {
    if (!shown?.view.spots?.length) return;
    const place = shown.view.spots[shown.index.get(code)] ?? -1;
    const found = parent.document.querySelector(".atlas-legend .tick.pointed");
    if (!found) return;
    found.hidden = place < 0;
    found.style.left = `${place / 10}%`;
  }

  // The ranking table listens on the page that holds this frame.
  function announce(code) {
    host.dispatchEvent(new CustomEvent("atlas:map-hover", { detail: code }));
  }

  function tipContent(code) {
    const { view, index } = shown;
    const feature = layer_feature(code);
    const box = document.createElement("div");
    const line = (tag, text) => {
      if (!text) return;
      const element = document.createElement(tag);
      element.textContent = text;
      box.append(element);
    };
    line("b", feature ? (view.lang === "vi" ? feature.properties.n : feature.properties.e) : "");
    if (!inFocus(code)) {
      line("span", view.words.outside);
      return box;
    }
    const at = index.get(code);
    if (at === undefined) return box;
    const mark = view.marks[at];
    if (view.text[at]) line("span", `${view.text[at]}${/^[%‰]/.test(view.unit) ? "" : " "}${view.unit}`);
    if (!CLASS_CODES.includes(mark)) line("i", view.words[mark]);
    line("small", view.dates[view.when[at]]);
    if (view.notes[code]) line("small", view.notes[code]);
    if (isOff(code)) line("i", view.words.off);
    return box;
  }

  // An area outside the province in focus stands for its own province.
  const leadsTo = (code) =>
    (inFocus(code) ? code : layer_feature(code)?.properties.p ?? code);

  // What is chosen or pointed at, for the page to ask for over HTTP (static/ui/early.js).
  const consider = (code) => host.dispatchEvent(
    new CustomEvent("atlas:consider", { detail: code && [`open:${leadsTo(code)}`] }));

  function click(code, pin = false) {
    mark(code); // answers the click at once, before the figures arrive
    if (!window.Streamlit) { // a map in a file of its own leads where its page has a way
      host.dispatchEvent(new CustomEvent("atlas:leads", { detail: leadsTo(code) }));
      return;
    }
    const asked = new CustomEvent("atlas:choose", { detail: [`${pin ? "pin" : "open"}:${leadsTo(code)}`] });
    host.dispatchEvent(asked);
    tell(leadsTo(code), pin, asked.wait);
  }

  function tell(code, pin = false, wait = null) {
    clicks += 1;
    const chosen = { type: "Feature", geometry: null, properties: { code, click: clicks, pin } };
    const value = { last_active_drawing: chosen };
    // Tell Python now instead of after the component's quarter-second pause, and let the
    // component know, so that its own report of the same click finds nothing new.
    const send = () => {
      const state = window.__GLOBAL_DATA__;
      state.last_active_drawing = chosen;
      state.previous_data = value;
      window.Streamlit.setComponentValue(value);
    };
    if (wait) wait.then(send);
    else send();
  }

  // ---- view ------------------------------------------------------------------------------

  let fitted = "";
  let moved = false;

  function fit(force, still = false) {
    const { view } = shown;
    const key = JSON.stringify(view.bounds);
    if (!force && key === fitted) return;
    const first = fitted === "";
    fitted = key;
    moved = false;
    const [w, s, e, n] = view.bounds;
    const wide = map.getSize().x > 460;
    // Above the words on the boundaries, and above the archipelagos or below their name; on a narrow
    // map also above the buttons, which stand there (atlas-map.css).
    const words = map.attributionControl.getContainer().offsetHeight;
    map.getContainer().style.setProperty("--words", `${words}px`);
    const away = view.symbols.some(({ points }) => points.some(([x, y]) => x < w || x > e || y < s || y > n));
    const below = words + (wide ? 26 : away ? 92 : 46);
    map.fitBounds([[s, w], [n, e]], {
      animate: !first && !force && !still && !REDUCED, duration: 0.35,
      // Room for the archipelagos beside a view that does not hold them.
      paddingTopLeft: [wide ? 48 : 8, 8],
      paddingBottomRight: [wide ? (view.focus ? 122 : 20) : 8, below],
    });
  }

  let outlines = null;
  let inset = null;

  function attach(theMap) {
    map = theMap;
    map.getContainer().style.visibility = "hidden"; // until its style sheet has come and shows it
    renderer = L.canvas({ padding: 0.25 });
    for (const [name, z] of [["atlas-circles", 420], ["atlas-outline", 430], ["atlas-labels", 440]]) {
      map.createPane(name).style.zIndex = z;
    }
    map.getPane("atlas-outline").style.pointerEvents = "none";
    map.getPane("atlas-labels").style.pointerEvents = "none";
    outlines = L.svg({ padding: 0.25, pane: "atlas-circles" });
    overlay = L.layerGroup().addTo(map);
    labels = L.DomUtil.create("canvas", "atlas-label-canvas leaflet-zoom-hide", map.getPane("atlas-labels"));
    inset = L.control({ position: "bottomright" });
    inset.onAdd = () => {
      const box = L.DomUtil.create("div", "atlas-inset");
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    inset.addTo(map);
    map.attributionControl.setPrefix(false);
    map.on("moveend zoomend", () => { if (shown) { drawInset(); drawLabels(); } });
    map.on("drag zoomend moveend", lead);
    map.on("dragstart zoomstart", (event) => { if (event.type === "dragstart") moved = true; });
    new ResizeObserver(() => {
      if (!map.getContainer().clientHeight) return; // hidden, or about to be taken away
      map.invalidateSize({ pan: false });
      if (shown && !moved) fit(true);
      if (shown) { drawInset(); drawLabels(); }
    }).observe(map.getContainer());
    // Leaflet focuses the map when it is pressed, which would scroll the page around the frame:
    // the place under the finger would be another one before it is lifted.
    const container = map.getContainer();
    const focus = container.focus.bind(container);
    container.focus = () => focus({ preventScroll: true });
    const heard = {
      "atlas:row-hover": onRow, "atlas:map-hover": onMap, "atlas:move": follow,
      "atlas:early": onEarly, "atlas:settle": onSettle,
    };
    for (const [name, act] of Object.entries(heard)) host.addEventListener(name, act);
    window.addEventListener("pagehide", () => {
      for (const [name, act] of Object.entries(heard)) host.removeEventListener(name, act);
    });
    window.addEventListener("message", (event) => {
      if (event.data?.type === "streamlit:render") setTimeout(repaintForTheme, 60);
    });
    document.fonts?.addEventListener?.("loadingdone", drawLabels);
  }

  function onRow(event) {
    if (shown) mark(event.detail);
  }

  // ---- maps side by side that move together ------------------------------------------------

  const self = Math.random().toString(36).slice(2);
  let following = false; // moved by another map, so not to be told to it again

  function lead() {
    if (!shown?.view.together || following) return;
    const { lat, lng } = map.getCenter();
    const detail = { from: self, group: shown.view.together, lat, lng, zoom: map.getZoom(), moved };
    host.dispatchEvent(new CustomEvent("atlas:move", { detail }));
  }

  function follow(event) {
    const { from, group, lat, lng, zoom } = event.detail;
    if (!shown || from === self || group !== shown.view.together) return;
    following = true;
    moved = event.detail.moved;
    map.setView([lat, lng], zoom, { animate: false });
    following = false;
  }

  function onMap(event) {
    if (shown?.view.together) mark(event.detail);
  }

  function repaintForTheme() {
    const before = ink?.dark;
    if (!shown) return;
    setTheme();
    if (ink.dark !== before) paint();
  }

  function paint() {
    for (const [code, path] of shown.paths) path.setStyle(styleOf(code));
    const view = shown.view;
    shown.borders.setStyle({
      color: ink.province, weight: shown.layer.nested ? 0.9 : 0.7, opacity: view.focus ? 0.75 : 0.9,
      fill: false,
    });
    shown.borders.bringToFront();
    pointed = null;
    hovered = null;
    drawOverlay();
    drawInset();
    drawLabels();
  }

  // ---- a choice is painted before the page has run ------------------------------------------

  let word = null; // the view that the page has sent last
  let early = null; // the view painted ahead of it, held until the page is done

  function show(view) {
    word = view;
    if (early && view.id !== early.id) return; // of an older choice, or not yet confirmed
    if (!early) draw(view);
    else if (ticket === drawn) done(view);
  }

  function onEarly(event) {
    if (window.ATLAS_GEOMETRY || !word) return;
    early = event.detail;
    if (early.id !== shown?.view.id || ticket !== drawn) draw(early);
  }

  function onSettle() {
    const ahead = early;
    early = null;
    if (ahead && word && word.id !== ahead.id) draw(word);
  }

  let drawn = 0; // the ticket of what is on the screen

  function done(view) {
    const container = map.getContainer();
    requestAnimationFrame(() => setTimeout(() => {
      container.dataset.painted = view.id;
      host.dispatchEvent(new CustomEvent("atlas:painted", { detail: view.id }));
      setTimeout(complete);
    }));
  }

  async function draw(view) {
    const mine = ++ticket;
    document.documentElement.lang = view.lang;
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", view.alt);
    if (window.frameElement) document.title = view.alt; // not that of the program which made the frame
    container.toggleAttribute("aria-busy", true);
    let layer, above;
    try {
      [layer, above] = await Promise.all([load(view.layer), view.names ? load(view.names) : null]);
    } catch {
      if (mine === ticket) fail(view);
      return;
    }
    if (mine !== ticket) return;
    setTheme();
    const other = shown?.layer !== layer;
    if (shown && other) {
      map.removeLayer(shown.group);
      shown.group.clearLayers();
    }
    const codes = view.codes ? view.codes.split(",") : [];
    shown = {
      layer, above, view, index: new Map(codes.map((code, at) => [code, at])),
      ...mount(layer), far: other ? [] : shown.far,
    };
    for (const [code, path] of shown.paths) Object.assign(path.options, styleOf(code));
    credit(view.credit);
    map.closeTooltip(tooltip);
    fit(false, other);
    if (other) shown.far = put(shown); // at the place where it is to be seen: put before, it would be projected twice
    paint();
    drawn = mine;
    container.removeAttribute("aria-busy");
    done(view);
  }

  let credited = null;
  function credit(text) {
    if (credited) map.attributionControl.removeAttribution(credited);
    const safe = document.createElement("span");
    safe.textContent = text;
    credited = safe.innerHTML;
    map.attributionControl.addAttribution(credited);
  }

  function fail(view) {
    const box = inset.getContainer();
    box.style.display = "";
    box.textContent = view.words.failed;
  }

  window.AtlasMap = { attach, show };
})();
