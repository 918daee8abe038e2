/** The calls and the names of a file, found once for all of extraction. */
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  unwrap,
  type CallExpression,
  type Identifier,
  type NewExpression,
  type Node,
  type SourceFile,
} from '../typescript/ast.ts';
import { findNodes } from '../typescript/node-table.ts';

export type Call = CallExpression | NewExpression;

interface Occurrences {
  readonly calls: readonly Call[];
  /** By the last name of what is called. */
  readonly named: ReadonlyMap<string, readonly Call[]>;
  /** Those that are given an object literal. */
  readonly withOptions: readonly Call[];
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
  return byText(findNodes(file, [SyntaxKind.Identifier]));
}

/** Like `identifiersIn`, for the names of `names` only; much quicker. */
export function identifiersNamed(
  file: SourceFile,
  names: Iterable<string>,
): ReadonlyMap<string, readonly Identifier[]> {
  const wanted = new Set(names);
  const { text } = file;
  // A name can be written with escapes.
  if (text.includes('\\u')) return new Map([...identifiersIn(file)].filter(([name]) => wanted.has(name)));
  const ends = new Set<number>();
  for (const name of wanted) {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) ends.add(at + name.length);
  }
  const identifiers = byText(findNodes(file, [SyntaxKind.Identifier], ends));
  return new Map([...identifiers].filter(([name]) => wanted.has(name)));
}

function byText(nodes: readonly Node[]): ReadonlyMap<string, readonly Identifier[]> {
  const identifiers = new Map<string, Identifier[]>();
  for (const node of nodes) if (isIdentifier(node)) add(identifiers, node.text, node);
  return identifiers;
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
  const calls = findNodes(file, [SyntaxKind.CallExpression, SyntaxKind.NewExpression]).filter(
    (node): node is Call => isCallExpression(node) || isNewExpression(node),
  );
  const named = new Map<string, Call[]>();
  for (const call of calls) {
    const name = calledName(call);
    if (name !== undefined) add(named, name, call);
  }
  return { calls, named, withOptions: calls.filter(hasOptions) };
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
