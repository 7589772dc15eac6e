// On a phone, the controls of a map are a sheet behind this button. data: {open, close}

const OPEN = "atlas-sheet";

export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  const show = (open) => {
    document.body.classList.toggle(OPEN, open);
    button.textContent = open ? data.close : data.open;
    button.setAttribute("aria-expanded", open);
  };
  const leave = (event) => { if (event.key === "Escape" && document.body.classList.contains(OPEN)) { show(false); button.focus(); } };
  show(document.body.classList.contains(OPEN));
  button.onclick = () => show(!document.body.classList.contains(OPEN));
  document.addEventListener("keydown", leave);
  return () => document.removeEventListener("keydown", leave);
}
