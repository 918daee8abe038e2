/**
 * Code for another API than the one that the installed Mastra has: of an older version, or never there. Each shape is
 * compared with the installed declarations where it is read, so what is valid for a project is no fact about it.
 */
import type { FileEdit } from '../text.ts';
import type { FactBase } from './base.ts';

interface LegacyBase extends FactBase {
  readonly kind: 'legacy-api';
  /** The edits that write it in the installed API; undefined when how cannot be told for certain. */
  readonly edits: readonly FileEdit[] | undefined;
}

/** `triggerSchema` of a workflow. */
export interface TriggerSchemaFact extends LegacyBase {
  readonly shape: 'trigger-schema';
}

/** `.step(...)`, `.after(...)` and the other ways of building a chain before 0.10. */
export interface FormerChainFact extends LegacyBase {
  readonly shape: 'former-chain';
  readonly method: string;
}

export interface NewStepFact extends LegacyBase {
  readonly shape: 'new-step';
}

/** A method that has another name now: `createRunAsync`. */
export interface FormerMethodFact extends LegacyBase {
  readonly shape: 'former-method';
  readonly owner: string;
  readonly method: string;
  readonly replacement: string;
}

/** An option of a method that has another name now: `start({ runtimeContext })`. */
export interface FormerArgumentFact extends LegacyBase {
  readonly shape: 'former-argument';
  readonly method: string;
  readonly option: string;
  readonly replacement: string;
}

/** `RuntimeContext`, imported. */
export interface RuntimeContextImportFact extends LegacyBase {
  readonly shape: 'runtime-context-import';
  readonly module: string;
}

/** `({ runtimeContext }) => ...` in a function that Mastra calls. */
export interface RuntimeContextParameterFact extends LegacyBase {
  readonly shape: 'runtime-context-parameter';
}

/** `execute: ({ context }) => ...`. */
export interface ExecuteContextFact extends LegacyBase {
  readonly shape: 'execute-context';
  readonly of: 'step' | 'tool';
  readonly name: 'context' | 'runtimeContext';
}

/** `tool.execute({ context })`. */
export interface ToolCallFact extends LegacyBase {
  readonly shape: 'tool-call';
}

/** A name that `@mastra/core` itself exports no more. */
export interface RootImportFact extends LegacyBase {
  readonly shape: 'root-import';
  readonly name: string;
  /** Where it is now; undefined when that is not known. */
  readonly module: string | undefined;
  /** Types are gone at run time, so nothing fails then. */
  readonly typeOnly: boolean;
}

/** `model: { provider, name }` of an agent. */
export interface ModelObjectFact extends LegacyBase {
  readonly shape: 'model-object';
  /** The same model as a string. */
  readonly model: string | undefined;
}

/** An option that the installed declarations do not have. */
export interface UnknownOptionFact extends LegacyBase {
  readonly shape: 'unknown-option';
  readonly maker: string;
  readonly option: string;
  /** The option that does what this one seems to be for, as code; undefined when there is none. */
  readonly replacement: string | undefined;
  /** True where the edits take the option out, because its value fits no other one. */
  readonly removes: boolean;
}

export type LegacyApiFact =
  | TriggerSchemaFact
  | FormerChainFact
  | NewStepFact
  | FormerMethodFact
  | FormerArgumentFact
  | RuntimeContextImportFact
  | RuntimeContextParameterFact
  | ExecuteContextFact
  | ToolCallFact
  | RootImportFact
  | ModelObjectFact
  | UnknownOptionFact;
