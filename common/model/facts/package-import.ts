/** An import of a package of which there must not be two: Mastra's own, and zod. Imports of types alone are left out. */
import type { FactBase } from './base.ts';

/** The place is the specifier, with its quotes. */
export interface PackageImportFact extends FactBase {
  readonly kind: 'package-import';
  /** The package alone: `@mastra/memory`, `zod`. */
  readonly package: string;
  /** As it is written: `zod/v4`. */
  readonly specifier: string;
}
