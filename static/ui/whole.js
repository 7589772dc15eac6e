// Nothing that is chosen, or asked for, is cut: where a field is too narrow for its text, the box around it is told the
// whole of it (data-whole) and shows it on as many lines as it takes (ui/styles/base.css, combobox.css).

const pen = document.createElement("canvas").getContext("2d");

// Tells the box of a field what to show in place of it: nothing where all of it is seen.
export function tell(input, box) {
  const style = getComputedStyle(input);
  const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  pen.font = style.font;
  const text = input.value || input.placeholder;
  const long = room > 0 && pen.measureText(text).width > room;
  if (long && box.dataset.whole !== text) box.dataset.whole = text;
  else if (!long && room > 0) delete box.dataset.whole;
  box.toggleAttribute("data-asks", !input.value);
}

// Streamlit's own lists of one choice, whenever they come, change their value or their width.
const FIELD = '[data-testid="stSelectbox"] input';
const show = (input) => {
  if (!input.parentElement) return;
  tell(input, input.parentElement);
  input.title = input.value;
};
const sized = new ResizeObserver((seen) => seen.forEach(({ target }) => show(target)));
const watch = (root) => root.querySelectorAll(FIELD).forEach((input) => { sized.observe(input); show(input); });

export function watchAll() {
  watch(document);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") target.matches(FIELD) && show(target);
      else for (const node of addedNodes) if (node.querySelectorAll) watch(node);
    }
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["value"] });
  document.fonts.addEventListener("loadingdone", () => watch(document));
}
