// The language of the page, for screen readers and hyphenation; and Streamlit's own first link in it.
//
// data: {lang, skip}

const ENGLISH = "Skip to main content";

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  for (const link of document.querySelectorAll("a, button")) {
    if (link.dataset.skips || link.textContent.trim() === ENGLISH) {
      link.dataset.skips = "1";
      link.textContent = data.skip;
    }
  }
}
