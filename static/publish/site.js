// The pages of the published folder: the live map in the place of its picture, and the search.
// Everything comes from files beside the page; nothing is fetched, so it works from a disk too.
(() => {
  "use strict";
  const root = document.documentElement, base = root.dataset.root;
  const $ = (id) => document.getElementById(id);

  // ---- the map ------------------------------------------------------------------------------

  // The figure takes its live form before the map is made, which measures the place that it has.
  const told = $("view"), figure = document.querySelector("figure.map");
  if (told && window.AtlasMap && window.ATLAS_GEOMETRY) {
    const view = JSON.parse(told.textContent);
    const light = view.palette, dark = figure.dataset.dark.split(" ");
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const show = () => {
      root.dataset.theme = scheme.matches ? "dark" : "light";
      AtlasMap.show({ ...view, palette: scheme.matches ? dark : light });
    };
    show();
    scheme.addEventListener("change", show);
    const row = (code) => code && document.querySelector(`tr[data-code="${CSS.escape(code)}"]`);
    addEventListener("atlas:map-hover", ({ detail }) => {
      document.querySelector("tr.pointed")?.classList.remove("pointed");
      row(detail)?.classList.add("pointed");
    });
    addEventListener("atlas:leads", ({ detail }) => {
      const way = row(detail)?.querySelector("a");
      if (way) location.href = way.href;
    });
    const table = document.querySelector(".ranked");
    const point = (code) => dispatchEvent(new CustomEvent("atlas:row-hover", { detail: code }));
    for (const name of ["pointerover", "focusin"]) {
      table?.addEventListener(name, (event) => point(event.target.closest("tr")?.dataset.code ?? null));
    }
    for (const name of ["pointerleave", "focusout"]) table?.addEventListener(name, () => point(null));
  }

  // ---- the search ---------------------------------------------------------------------------

  const held = window.ATLAS_PLACES, field = $("search"), list = $("hits");
  if (!held || !field) return;
  const box = field.closest(".search"), status = box.querySelector("[role=status]");
  box.hidden = false;
  const MOST = 12, MOST_PLACES = 7;
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const spaced = (text) => plain(text).split(/[^a-z0-9]+/).filter(Boolean).join(" ");
  let index = null, maps = null, at = -1;

  function found(query) {
    index ??= AtlasSearch.prepared(held.places);
    maps ??= held.maps.map(([name, path, short]) => [name, path, ` ${spaced(`${name} ${short}`)}`]);
    const places = AtlasSearch.search(index, query, { limit: MOST_PLACES })
      .filter(({ key }) => held.pages[key])
      .map(({ key, name, note }) => ({ name, note, path: held.pages[key] }));
    const phrase = ` ${spaced(query)}`, words = phrase.split(" ").filter(Boolean);
    // What has the words as they were typed stands first, then what has each at the begin of one.
    const far = (text) => (text.includes(phrase) ? 0 : words.every((word) => text.includes(` ${word}`)) ? 1 : 2);
    const named = maps.filter(([, , text]) => words.length && words.every((word) => text.includes(word)))
      .sort((a, b) => far(a[2]) - far(b[2]) || a[2].length - b[2].length)
      .map(([name, path]) => ({ name, note: "", path }));
    return [...places, ...named].slice(0, MOST);
  }

  const address = ({ path }) => base + (root.dataset.lang === "vi" ? "" : `${root.dataset.lang}/`) + path;

  function write(hits) {
    list.replaceChildren(...hits.map((hit, n) => {
      const item = document.createElement("li");
      item.id = `hit-${n}`;
      item.role = "option";
      item.textContent = hit.name;
      if (hit.note) item.append(Object.assign(document.createElement("small"), { textContent: hit.note }));
      item.dataset.href = address(hit);
      item.addEventListener("pointerdown", (event) => event.preventDefault());
      item.addEventListener("click", () => { location.href = item.dataset.href; });
      return item;
    }));
    const nothing = field.value.trim() && !hits.length;
    status.textContent = nothing ? field.dataset.none : "";
    status.classList.toggle("quiet", !nothing);
    choose(hits.length ? 0 : -1);
    open(hits.length > 0);
  }

  function open(is) {
    list.hidden = !is;
    field.setAttribute("aria-expanded", is);
  }

  function choose(to) {
    list.children[at]?.removeAttribute("aria-selected");
    at = to;
    const item = list.children[at];
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) field.setAttribute("aria-activedescendant", item.id);
    else field.removeAttribute("aria-activedescendant");
  }

  field.addEventListener("input", () => write(field.value.trim() ? found(field.value) : []));
  field.addEventListener("focus", () => field.value.trim() && write(found(field.value)));
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", (event) => {
    const n = list.children.length;
    if (event.key === "Escape") open(false);
    if (!n || list.hidden) return;
    if (event.key === "ArrowDown") choose((at + 1) % n);
    else if (event.key === "ArrowUp") choose((at - 1 + n) % n);
    else if (event.key === "Enter") location.href = list.children[at].dataset.href;
    else return;
    event.preventDefault();
  });
})();
