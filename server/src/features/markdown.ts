/** Markdown of hovers. */

/** Text of code as inline code. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** The parts that there are, each as a paragraph. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}
