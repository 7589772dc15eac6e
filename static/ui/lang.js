// The language of the page, for screen readers and hyphenation. data: {lang}

export default function ({ data }) {
  document.documentElement.lang = data.lang;
}
