/** From a step or an error of a run to the place in the source. */
import type { GraphNode } from '../../../../common/protocol/graph.ts';
import type { Location } from '../../../../common/model/text.ts';
import type { RunError } from '../../../../common/runlog/events.ts';

export interface Place {
  /** Absolute. */
  readonly file: string;
  /** From 0. */
  readonly line: number;
  readonly character: number;
}

/** Where a step is declared, else where it stands in the chain; undefined when the drawing does not have it. */
export function placeOfStep(
  nodes: readonly Pick<GraphNode, 'step' | 'definition' | 'source'>[],
  path: readonly string[],
): Location | undefined {
  const id = path.join('.');
  const node = nodes.find(({ step }) => step?.join('.') === id);
  return node?.definition ?? node?.source;
}

/** The nearest place of the stack that is the author's own: `isOwn` tells by the file. Causes come first: they are where it began. */
export function placeOfError(error: RunError, isOwn: (file: string) => boolean): Place | undefined {
  const cause = error.cause === undefined ? undefined : placeOfError(error.cause, isOwn);
  if (cause !== undefined) return cause;
  for (const line of (error.stack ?? '').split('\n')) {
    const place = placeOfFrame(line);
    if (place !== undefined && isOwn(place.file)) return place;
  }
  return undefined;
}

/** `    at work (file:///p/flow.ts:13:15)`, with or without the name and the scheme. */
export function placeOfFrame(frame: string): Place | undefined {
  const [, location, line, column] = /^\s*at (?:.*\()?(.+?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (location === undefined) return undefined;
  const file = location.startsWith('file://') ? fromUrl(location) : location;
  if (file === undefined || !/^(?:\/|[A-Za-z]:[\\/])/.test(file)) return undefined;
  return { file, line: Number(line) - 1, character: Number(column) - 1 };
}

function fromUrl(url: string): string | undefined {
  try {
    const { pathname } = new URL(url);
    const decoded = decodeURIComponent(pathname);
    return /^\/[A-Za-z]:/.test(decoded) ? decoded.slice(1) : decoded;
  } catch {
    return undefined;
  }
}

/**
 * The offset of `execute` in the text that begins with a step's declaration, e.g. `name = createStep({ ...`; 0 when it is not written out
 * in the first call there.
 */
export function executeOffset(text: string): number {
  const call = text.slice(0, callLength(text));
  const found = /\bexecute\b\s*[:(]/.exec(call);
  return found?.index ?? 0;
}

/** Strings and comments, which may hold brackets, or one bracket. */
const token = /\/\/.*|\/\*[^]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[^])*`|[([{]|[)\]}]/g;

/** Up to the bracket that closes the first one; 0 when another is closed before. */
function callLength(text: string): number {
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (/^[([{]$/.test(found)) depth += 1;
    else if (/^[)\]}]$/.test(found)) depth -= 1;
    else continue;
    if (depth < 0) return 0;
    if (depth === 0) return index;
  }
  return text.length;
}
