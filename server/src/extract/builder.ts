/** The methods of a workflow that add to its chain and return it. */
export const entryMethods: ReadonlySet<string> = new Set([
  'then',
  'map',
  'parallel',
  'branch',
  'dowhile',
  'dountil',
  'foreach',
  'sleep',
  'sleepUntil',
  'agent',
  'tool',
  'classifier',
]);

/** Methods of older versions that also return the chain: their place in it is shown, their meaning is not known. */
export const formerMethods: ReadonlySet<string> = new Set([
  'step',
  'after',
  'if',
  'else',
  'while',
  'until',
  'waitForEvent',
  'sendEvent',
]);

/** Why nothing is known of the data in a chain that such a method is part of. */
export function formerReason(method: string): string {
  return `.${method}() ${ofAnOlderVersion}`;
}

/** True for the reason of an edge in a chain that was built as before 0.10. */
export function isFormerReason(reason: string): boolean {
  return reason.endsWith(ofAnOlderVersion);
}

const ofAnOlderVersion = 'is of an older version of Mastra';

export const builderMethods: ReadonlySet<string> = new Set([...entryMethods, ...formerMethods, 'commit']);
