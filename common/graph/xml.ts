/** Text inside an XML document. Pure. */

/** What XML 1.0 has no way to write: control characters, halves of surrogate pairs, and two that are no characters. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** `text` for the content of an element or the value of an attribute; what cannot be written becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(unwritable, '\uFFFD').replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
