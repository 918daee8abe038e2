/** Whatever was thrown, as a RunError. */
import type { RunError } from './events.ts';
import { cutText, toJson } from './json.ts';

const maxCauses = 8;
const maxMessage = 20_000;
const maxStack = 20_000;

/**
 * An error with its chain of causes, outermost first. Takes real errors, the plain `{ name, message, stack?, cause? }`
 * that Mastra's HTTP API sends, and anything else that can be thrown.
 */
export function toRunError(thrown: unknown, depth = 0): RunError {
  try {
    return convert(thrown, depth);
  } catch {
    return { name: 'Error', message: 'The error cannot be read', stack: undefined, cause: undefined };
  }
}

function convert(thrown: unknown, depth: number): RunError {
  if (typeof thrown !== 'object' || thrown === null) {
    return { name: 'Error', message: describe(thrown), stack: undefined, cause: undefined };
  }
  const fields: { name?: unknown; message?: unknown; stack?: unknown; cause?: unknown } = thrown;
  const { name, message, stack } = fields;
  const cause = repeatsIssues(fields.cause) ? undefined : fields.cause;
  return {
    name: typeof name === 'string' && name !== '' ? name : 'Error',
    message: typeof message === 'string' ? cutText(message, maxMessage) : describe(thrown),
    stack: typeof stack === 'string' && stack !== '' ? cutText(stack, maxStack) : undefined,
    cause: cause === undefined || cause === null || depth >= maxCauses ? undefined : toRunError(cause, depth + 1),
  };
}

/** Mastra adds the issues of a schema once more, as the JSON of what the message says in words. */
function repeatsIssues(cause: unknown): boolean {
  if (typeof cause !== 'object' || cause === null) return false;
  const { message }: { message?: unknown } = cause;
  return typeof message === 'string' && message.startsWith('{"issues":');
}

function describe(thrown: unknown): string {
  if (typeof thrown === 'string') return cutText(thrown, maxMessage);
  if (thrown === undefined) return 'undefined';
  return cutText(JSON.stringify(toJson(thrown)), maxMessage);
}
