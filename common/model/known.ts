/**
 * What the analysis knows of a part of a workflow. Unknown is silence: where `known` is false no rule may report,
 * and `reason` goes to the log in words a person understands ("built in a loop", "step comes from a package without types").
 */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: string };

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function opaque(reason: string): Known<never> {
  return { known: false, reason };
}

/** The value where it is known, else `fallback`. */
export function knownOr<T, F>(part: Known<T>, fallback: F): T | F {
  return part.known ? part.value : fallback;
}
