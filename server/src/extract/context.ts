/** What one program's extraction shares: answers found for one file serve all files of the same snapshot. */
import type { Expression, SourceFile } from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';
import type { Creation } from './creation.ts';
import { createResolver, type Resolver } from './resolve.ts';
import type { Unit } from './unit.ts';

export interface Context {
  readonly program: Program;
  readonly resolve: Resolver;
  /** Steps, workflows, agents and tools by the expression that makes them. */
  readonly units: Map<Expression, Unit>;
  /** The workflows that a file makes, in source order. */
  readonly creations: Map<SourceFile, Promise<readonly Creation[]>>;
}

const contexts = new WeakMap<Program, Context>();

export function contextOf(program: Program): Context {
  let context = contexts.get(program);
  if (context === undefined) {
    context = {
      program,
      resolve: createResolver(program),
      units: new Map(),
      creations: new Map(),
    };
    contexts.set(program, context);
  }
  return context;
}
