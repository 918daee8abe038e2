/**
 * The streams of the API: JSON records, each followed by the character 0x1E. It never occurs inside UTF-8 or JSON, so bytes are
 * cut there first and read as text after, and a character that is split over two chunks stays whole.
 */
const separator = 0x1e;

export type StreamItem =
  | { readonly kind: 'record'; readonly record: unknown }
  /** Not JSON, e.g. a proxy's page in the middle. `start` is its beginning. */
  | { readonly kind: 'broken'; readonly start: string }
  /** The stream ended in the middle of a record. */
  | { readonly kind: 'truncated'; readonly bytes: number };

/**
 * The records of a body in order, as they come. Nothing is read ahead of the one who asks. Throws what reading throws; a last
 * record without separator counts when it is whole, and is reported as `truncated` otherwise.
 */
export async function* readRecords(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamItem, void, void> {
  let pieces: Uint8Array[] = [];
  for await (const chunk of body) {
    let from = 0;
    for (let at = chunk.indexOf(separator); at >= 0; at = chunk.indexOf(separator, from)) {
      pieces.push(chunk.subarray(from, at));
      from = at + 1;
      const item = parse(pieces);
      pieces = [];
      if (item !== undefined) yield item;
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
  const last = parse(pieces);
  if (last === undefined) return;
  if (last.kind === 'broken') yield { kind: 'truncated', bytes: sizeOf(pieces) };
  else yield last;
}

function parse(pieces: readonly Uint8Array[]): StreamItem | undefined {
  const text = Buffer.concat(pieces).toString('utf8');
  if (text.trim() === '') return undefined;
  try {
    return { kind: 'record', record: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'broken', start: text.slice(0, 200) };
  }
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
