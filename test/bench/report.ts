/** What the measurements print: tables, and for each target whether it was reached. */

export interface Verdict {
  /** What was measured, and the target, as a person says it. */
  readonly target: string;
  readonly measured: string;
  readonly reached: boolean;
}

/** Columns as wide as their widest cell; the first one is aligned to the left, numbers to the right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) =>
        column === 0 ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width),
      )
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

export function formatVerdict({ target, measured, reached }: Verdict): string {
  return `${reached ? 'reached' : 'missed '}  ${target}: ${measured}`;
}

export function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function formatMilliseconds(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`;
}

export function formatMegabytes(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown' : `${(bytes / 1_000_000).toFixed(0)} MB`;
}

export function formatRatio(ratio: number): string {
  return `${ratio.toFixed(2)}x`;
}
