/** Whether what a bundle was made of is still the same, by the times and sizes of the files. */
import { stat } from 'node:fs/promises';

/**
 * Changes when any of the files is written, made or deleted. Absolute paths; takes about a millisecond for 100 files. Undefined when
 * one was written after `before` (milliseconds): what was read meanwhile may be either text.
 */
export async function stampOf(files: readonly string[], before = Infinity): Promise<string | undefined> {
  const found = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  if (found.some((each) => each !== undefined && each.mtimeMs > before)) return undefined;
  return found.map((each) => (each === undefined ? '-' : `${each.mtimeMs}:${each.size}`)).join(' ');
}
