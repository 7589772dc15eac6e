// Puts another address in place of this one. data: {to}, relative to the app.

export default function ({ data }) {
  location.replace(new URL(data.to, location.href));
}
