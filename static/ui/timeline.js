// A slider over the periods that have figures, with a button that plays them to the last and stops.
//
// data: {label, stops: [[date, period, areas]] oldest first, value: place in stops, words: {play, pause, next}}
// Trigger "at" with [date, whether it is being played].

import { choose } from "./choosing.js";

const STEP = 1400; // ms that a period stays at least
const PATIENCE = 6000; // ms to wait for the map at most
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".timeline");
  const state = root.state || (root.state = build(root));
  state.update(data, setTriggerValue);
  return () => state.rest();
}

function build(root) {
  const [label, now, play, range, marks] = ["label", "output", "button", "input", ".marks"]
    .map((name) => root.querySelector(name));
  const id = "timeline" + Math.random().toString(36).slice(2, 8);
  range.id = id;
  label.htmlFor = now.htmlFor = id;
  let data = { stops: [] }, send = () => {}, playing = false, timer = null, asked = null;

  const last = () => data.stops.length - 1;
  const at = () => Number(range.value);

  function show(place) {
    const [, period, areas] = data.stops[place];
    now.textContent = `${period} · ${areas}`;
    range.value = place;
    range.setAttribute("aria-valuetext", now.textContent);
    [...marks.children].forEach((mark, index) => mark.classList.toggle("here", index === place));
  }

  function go(place) {
    show(place);
    if (place === asked) return;
    asked = place;
    const does = [`at:${data.stops[place][0]}`, ...(playing ? ["scale:all"] : [])];
    const what = [data.stops[place][0], playing];
    choose(does, () => send("at", what));
  }

  function name() {
    const says = playing ? data.words.pause : STILL.matches ? data.words.next : data.words.play;
    play.title = says;
    play.setAttribute("aria-label", says);
    play.classList.toggle("playing", playing);
  }

  function stop() {
    playing = false;
    rest();
    name();
  }

  function rest() {
    clearTimeout(timer);
    removeEventListener("atlas:painted", painted);
  }

  // The next period comes when this one has been seen: painted, and long enough.
  function plan() {
    rest();
    if (!playing) return;
    if (at() >= last()) {
      stop();
      return;
    }
    timer = setTimeout(() => go(at() + 1), STEP);
  }
  const painted = () => plan();

  play.addEventListener("click", () => {
    if (playing) {
      stop();
      return;
    }
    const from = at() >= last() ? 0 : at() + 1;
    if (STILL.matches) { // one period a press, nothing moves by itself
      asked = null;
      go(from);
      return;
    }
    playing = true;
    name();
    asked = null;
    go(from);
    timer = setTimeout(plan, PATIENCE);
  });
  range.addEventListener("pointerdown", stop);
  range.addEventListener("keydown", stop);
  range.addEventListener("input", () => show(at()));
  range.addEventListener("change", () => go(at()));
  STILL.addEventListener("change", name);

  function update(given, trigger) {
    data = given;
    send = trigger;
    label.textContent = data.label;
    range.max = last();
    marks.replaceChildren(...data.stops.map((_, place) => {
      const mark = document.createElement("i");
      mark.style.left = `${(100 * place) / Math.max(last(), 1)}%`;
      return mark;
    }));
    asked = data.value;
    show(data.value);
    name();
    if (playing) {
      rest();
      addEventListener("atlas:painted", painted, { once: true });
      timer = setTimeout(plan, STEP + 400);
    }
  }

  return { update, rest };
}
