import type { Location } from '../text.ts';

/** What every fact has: its kind, and the place in the source that it is about. */
export interface FactBase extends Location {
  readonly kind: string;
}
