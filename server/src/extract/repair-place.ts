/** Where in a chain a repair is looked for, and what is known there. */
import type { Expression } from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';
import type { Data } from './data.ts';
import type { Draft } from './draft.ts';
import type { Written } from './repair-text.ts';

export interface RepairPlace {
  readonly program: Program;
  /** The entries in front of the receiver; all of them at the end of a chain. */
  readonly before: readonly Draft[];
  /** What flows into the chain. */
  readonly start: Data;
  /** What arrives at the receiver. */
  readonly arrives: Data;
  readonly needs: Data;
  /** Set where each element of the list that is made in front is handed on, one by one. */
  readonly listed?: true;
  /** The expression of the workflow's `inputSchema`, where it is written out. */
  readonly inputSchema: Expression | undefined;
  /** Puts a mapping's text into the chain. */
  readonly written: Written;
}

/** The entry whose result arrives; undefined when it is the workflow's input. */
export function providerIn(drafts: readonly Draft[]): Draft | undefined {
  return drafts.findLast(({ leaves }) => leaves !== undefined);
}
