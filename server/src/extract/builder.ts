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

export const builderMethods: ReadonlySet<string> = new Set([...entryMethods, ...formerMethods, 'commit']);
