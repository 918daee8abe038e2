/** What one program's extraction shares: answers found for one file serve all files of the same snapshot. */
import { isIdentifier, unwrap, type Expression, type SourceFile } from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';
import type { Creation } from './creation.ts';
import { createResolver, type Resolver } from './resolve.ts';
import type { Unit } from './unit.ts';

/** The parameters of a function with the arguments of one call of it. */
export interface Bindings {
  readonly expressions: ReadonlyMap<string, Expression>;
  /** The texts of arguments that are certain where the call stands. */
  readonly strings: ReadonlyMap<string, string>;
}

export interface Context {
  readonly program: Program;
  readonly resolve: Resolver;
  /** Steps, workflows, agents and tools by the expression that makes them. */
  readonly units: Map<Expression, Unit>;
  /** The workflows that a file makes, in source order. */
  readonly creations: Map<SourceFile, Promise<readonly Creation[]>>;
  /** Inside a function that is read for one call of it: its parameters with the arguments of that call. */
  readonly bindings: Bindings;
  /** Names and calls followed so far; a limit ends what leads in a circle. */
  readonly depth: number;
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
      bindings: { expressions: new Map(), strings: new Map() },
      depth: 0,
    };
    contexts.set(program, context);
  }
  return context;
}

/** The same context, one name or call further on. */
export function deeper(context: Context): Context {
  return { ...context, depth: context.depth + 1 };
}

/** The context for reading the body of a function for one call of it. */
export function insideCall(context: Context, bindings: Bindings): Context {
  const outer = contextOf(context.program);
  return {
    ...context,
    bindings,
    units: new Map(),
    depth: context.depth + 1,
    resolve: (expression) => outer.resolve(boundIn(expression, bindings)),
  };
}

/** The context outside of any function that is being read, for an argument that was written there. */
export function outsideCalls(context: Context): Context {
  return { ...contextOf(context.program), depth: context.depth + 1 };
}

/** The argument that stands for a parameter of the function that is being read, else the expression itself. */
export function bound(context: Context, given: Expression): Expression {
  return boundIn(given, context.bindings);
}

function boundIn(given: Expression, bindings: Bindings): Expression {
  const expression = unwrap(given);
  return isIdentifier(expression) ? unwrap(bindings.expressions.get(expression.text) ?? expression) : expression;
}
