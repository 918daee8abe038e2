/** The calls and the names of a file, found by one walk that all of extraction shares. */
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  unwrap,
  walk,
  type CallExpression,
  type Identifier,
  type NewExpression,
  type SourceFile,
} from '../typescript/ast.ts';

export type Call = CallExpression | NewExpression;

interface Occurrences {
  readonly calls: readonly Call[];
  /** By the last name of what is called. */
  readonly named: ReadonlyMap<string, readonly Call[]>;
  /** Those that are given an object literal. */
  readonly withOptions: readonly Call[];
  readonly identifiers: ReadonlyMap<string, readonly Identifier[]>;
}

/** Trees are shared between snapshots while their text is the same. */
const found = new WeakMap<SourceFile, Occurrences>();

/** Every call and every `new` of a file, in source order. */
export function callsIn(file: SourceFile): readonly Call[] {
  return occurrencesIn(file).calls;
}

/** The calls of `name(...)`, `x.name(...)`, `new name(...)` and `new x.name(...)` for each of the names, in source order. */
export function callsNamed(file: SourceFile, names: Iterable<string>): readonly Call[] {
  const { named } = occurrencesIn(file);
  const lists = [...names].flatMap((name) => named.get(name) ?? []);
  return lists.sort((a, b) => a.end - b.end);
}

/** The calls that are given at least one object literal, in source order. */
export function callsWithOptions(file: SourceFile): readonly Call[] {
  return occurrencesIn(file).withOptions;
}

/** Every identifier of a file by its text, names of properties included; those of one text are in source order. */
export function identifiersIn(file: SourceFile): ReadonlyMap<string, readonly Identifier[]> {
  return occurrencesIn(file).identifiers;
}

function occurrencesIn(file: SourceFile): Occurrences {
  let occurrences = found.get(file);
  if (occurrences === undefined) {
    occurrences = findOccurrences(file);
    found.set(file, occurrences);
  }
  return occurrences;
}

function findOccurrences(file: SourceFile): Occurrences {
  const calls: Call[] = [];
  const identifiers = new Map<string, Identifier[]>();
  walk(file, (node) => {
    if (isCallExpression(node) || isNewExpression(node)) calls.push(node);
    else if (isIdentifier(node)) add(identifiers, node.text, node);
  });
  const named = new Map<string, Call[]>();
  for (const call of calls) {
    const name = calledName(call);
    if (name !== undefined) add(named, name, call);
  }
  return { calls, named, withOptions: calls.filter(hasOptions), identifiers };
}

/** The last name of what is called: `createRun` of `workflow.createRun()`. */
export function calledName(call: Call): string | undefined {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee)) return callee.text;
  return isPropertyAccessExpression(callee) && isIdentifier(callee.name) ? callee.name.text : undefined;
}

function hasOptions(call: Call): boolean {
  return call.arguments?.some((argument) => isObjectLiteralExpression(unwrap(argument))) ?? false;
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
