// The pinned areas, each with its colour and a button that takes the pin away.
//
// data: {label, lead, items: [[code, name, colour, what its button says]], add: {code, text} or null, clear}
// Triggers "toggle" (code), "clear".

export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".pins");
  box.setAttribute("aria-label", data.label);
  const focused = box.getRootNode().activeElement?.dataset.key;
  box.replaceChildren();
  if (data.lead) box.append(text("p", data.lead));
  const list = document.createElement("ul");
  for (const [code, name, color, says] of data.items) {
    const item = document.createElement("li");
    item.style.setProperty("--pin", color);
    const button = action("×", () => setTriggerValue("toggle", code), code);
    button.title = says;
    button.setAttribute("aria-label", says);
    item.append(text("span", name), button);
    list.append(item);
  }
  if (data.items.length) box.append(list);
  if (data.add) box.append(action(data.add.text, () => setTriggerValue("toggle", data.add.code), "add"));
  if (data.items.length > 1) box.append(action(data.clear, () => setTriggerValue("clear", true), "clear"));
  if (focused) (box.querySelector(`[data-key="${focused}"]`) ?? box.querySelector("button"))?.focus({ preventScroll: true });
}

function action(words, run, key) {
  const button = text("button", words);
  button.type = "button";
  button.dataset.key = key;
  button.addEventListener("click", run);
  return button;
}

function text(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
