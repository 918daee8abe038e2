/** Names in strings: ids that steps and the like are given, keys they are registered under, and what refers to either. */
import type { Known } from '../known.ts';
import type { Location } from '../text.ts';
import type { FactBase } from './base.ts';

/** What has an id of its own. In a chain all of them are steps. */
export type NamedUnit = 'step' | 'workflow' | 'agent' | 'tool';

/** The options of `new Mastra` whose keys are names. */
export type Registry = 'workflows' | 'agents' | 'tools';

/** An id as it is written where something is made: `createStep({ id: 'parse' })`. Its range is the text between the quotes. */
export interface DeclaredIdFact extends FactBase {
  readonly kind: 'declared-id';
  readonly unit: NamedUnit;
  readonly id: string;
}

/** `{ workflows: { key: value } }` of `new Mastra`. Its range is the key, without quotes. */
export interface RegistrationFact extends FactBase {
  readonly kind: 'registration';
  readonly registry: Registry;
  readonly key: string;
  readonly form: 'quoted' | 'plain' | 'shorthand';
  /** Where the registered value is declared. */
  readonly target: Location | undefined;
  /** The id of the registered value. */
  readonly id: Known<string>;
}

/**
 * A place that refers to something by its name. Its range is the text between the quotes, the name behind the dot
 * (`plain`), or an expression that is not written out as a string (`computed`).
 */
export interface NameReferenceFact extends FactBase {
  readonly kind: 'name-reference';
  readonly to: NameSpace;
  readonly name: Known<string>;
  readonly form: 'quoted' | 'plain' | 'computed';
}

export type NameSpace =
  /** `step` stands for everything that can be a step. */
  { readonly by: 'id'; readonly unit: NamedUnit } | { readonly by: 'key'; readonly registry: Registry };
