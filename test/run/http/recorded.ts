/** Bodies of a real Mastra 1.71 server. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { detailsShape, storedRunShape } from '../../../client/src/run/http/shapes.ts';
import type { Details, StoredRun } from '../../../client/src/run/http/shapes.ts';

export function recorded(name: string): unknown {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, `recorded/${name}.json`), 'utf8')) as unknown;
}

export function recordedRun(name: string): StoredRun {
  return storedRunShape.parse(recorded(name));
}

export function recordedDetails(name: string): Details {
  return detailsShape.parse(recorded(name));
}

export function recordedStream(name: string): readonly Readonly<Record<string, unknown>>[] {
  return recorded(name) as readonly Readonly<Record<string, unknown>>[];
}
