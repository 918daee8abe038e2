/** What the lines say that `mastra dev` prints. Its words are no contract: where they change, states come later, not wrong. */

export type DevLine =
  /** Reads the project's configuration. */
  | { readonly kind: 'preparing' }
  /** Something that belongs to the bundle was saved. */
  | { readonly kind: 'bundling' }
  | { readonly kind: 'bundled' }
  /** The server's own process is being started. */
  | { readonly kind: 'launching' }
  /** The server's process is ended, to be started with the new bundle. */
  | { readonly kind: 'restarting' }
  | { readonly kind: 'studio'; readonly url: string }
  | { readonly kind: 'api'; readonly url: string }
  /** Node's last line when an exception ended a process. */
  | { readonly kind: 'crashed' }
  | { readonly kind: 'port-taken' };

const patterns: readonly (readonly [RegExp, (match: RegExpExecArray) => DevLine])[] = [
  [/Preparing development environment/, () => ({ kind: 'preparing' })],
  [/\bBundling\.\.\./, () => ({ kind: 'bundling' })],
  [/Initial bundle complete|\bBundle complete\b/, () => ({ kind: 'bundled' })],
  [/Starting Mastra dev server/, () => ({ kind: 'launching' })],
  [/Restarting server\.\.\./, () => ({ kind: 'restarting' })],
  [/\bStudio:\s+(https?:\/\/\S+)/, (match) => ({ kind: 'studio', url: match[1] ?? '' })],
  [/\bAPI:\s+(https?:\/\/\S+)/, (match) => ({ kind: 'api', url: match[1] ?? '' })],
  [/^Node\.js v\d+\.\d+/, () => ({ kind: 'crashed' })],
  [/\bEADDRINUSE\b/, () => ({ kind: 'port-taken' })],
];

/** `line` without colours; undefined for what the author's own code prints, and for everything else that means nothing to us. */
export function readDevLine(line: string): DevLine | undefined {
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(line);
    if (match !== null) return read(match);
  }
  return undefined;
}

// Colours, cursor movements and links of terminals (ECMA-48): CSI, OSC with its end, and the two-character sequences.
// eslint-disable-next-line no-control-regex
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

export function withoutEscapes(text: string): string {
  return text.includes('\u001b') ? text.replace(escapes, '') : text;
}
