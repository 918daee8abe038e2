/**
 * The methods of a run whose option `step` names a step, or the way to one in nested workflows: `resume`, `timeTravel`,
 * and their variants in every version.
 */
export const resumingMethods: readonly string[] = ['resume', 'timeTravel'].flatMap((name) =>
  ['', 'Async', 'Stream', 'StreamVNext', 'NoWait'].map((variant) => `${name}${variant}`),
);
