/**
 * Which records of a run were read. A stream that broke is taken up with `observe`, which begins again from the start, sometimes
 * twice, and may bring an earlier part of the run first: what was read is recognized by its place and its marks, and skipped.
 */

export interface Frontier {
  /** `new` is to be used; `seen` was; `foreign` belongs to another part of the run. */
  accept(record: unknown): 'new' | 'seen' | 'foreign';
  /** Another stream begins. */
  rewind(): void;
  readonly length: number;
}

export function createFrontier(): Frontier {
  const marks: string[] = [];
  /** How far the current copy has been followed; undefined in a part that is not ours. */
  let position: number | undefined;
  let first = true;
  return {
    get length() {
      return marks.length;
    },
    rewind() {
      position = undefined;
      first = false;
    },
    accept(record) {
      const mark = markOf(record);
      if (first || marks.length === 0) {
        // A stream that is observed may be joined in the middle: only a beginning begins.
        if (!first && !isStart(mark)) return 'foreign';
        marks.push(mark);
        position = marks.length;
        return 'new';
      }
      if (position !== undefined && position < marks.length && marks[position] === mark) {
        position += 1;
        return 'seen';
      }
      if (isStart(mark)) {
        position = marks[0] === mark ? 1 : undefined;
        return position === undefined ? 'foreign' : 'seen';
      }
      if (position !== marks.length) {
        position = undefined;
        return 'foreign';
      }
      marks.push(mark);
      position += 1;
      return 'new';
    },
  };
}

function isStart(mark: string): boolean {
  return mark.startsWith('workflow-start|');
}

/** Where a record belongs, without what it carries: values may be large, and may have changed since. */
function markOf(record: unknown): string {
  const fields = asFields(record);
  const payload = asFields(fields['payload']);
  const iteration = asFields(payload['metadata'])['iterationCount'];
  const parts = [
    fields['type'],
    payload['id'] ?? payload['stepName'],
    payload['stepCallId'],
    payload['status'],
    iteration,
  ];
  return [...parts, payload['currentIndex']].map((part) => (isPlain(part) ? String(part) : '')).join('|');
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function asFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
