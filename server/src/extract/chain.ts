/** The builder calls that belong to one workflow: its own chain, and later statements that go on with it. */
import {
  containsNode,
  isArrowFunction,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  methodCall,
  methodCalledOn,
  nameText,
  parentOf,
  unwrap,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
} from '../typescript/ast.ts';
import { builderMethods } from './builder.ts';
import { insideCall, type Context } from './context.ts';
import { creationOf, outermostChain, ownerOf, templateOf, type Creation } from './creation.ts';
import type { Segment } from './draft.ts';
import { bindingsOf, functionOf } from './factory.ts';
import { identifiersNamed } from './occurrences.ts';

export interface Chain {
  /** In the order in which they run, `commit()` included. */
  readonly segments: readonly Segment[];
  /** The last statement's chain, at whose end `.commit()` belongs. */
  readonly last: Node;
  /** The variables that hold the workflow, the declared one first. */
  readonly names: readonly string[];
  /** What comes before, where a function of the project made the workflow. */
  readonly inherited: Inherited | undefined;
  /** Why it may be longer than what was read. */
  readonly incomplete: string | undefined;
}

interface OwnChain extends Chain {
  readonly references: readonly Identifier[];
}

export interface Inherited {
  /** The context in which the function's body is read. */
  readonly context: Context;
  readonly creation: Creation;
  readonly segments: readonly Segment[];
  readonly incomplete: string | undefined;
}

/** Reads the chain of a workflow. */
export async function readChain(context: Context, creation: Creation): Promise<Chain> {
  const chain = await readOwnChain(context, creation);
  if (chain.incomplete !== undefined) return chain;
  const inherited = await inheritedChain(context, creation);
  const segments = [...(inherited?.segments ?? []), ...chain.segments];
  // Steps may still come from elsewhere where there are none but a commit.
  const committed = segments.some(isCertainCommit) && !segments.every(isCertainCommit);
  const incomplete = inherited?.incomplete ?? (await escape(context, creation, chain.references, committed));
  return { ...chain, inherited, incomplete };
}

/** The part of the chain that the body of a function adds, read for one call of it. */
async function inheritedChain(context: Context, creation: Creation): Promise<Inherited | undefined> {
  if (creation.maker !== 'factory') return undefined;
  const template = await templateOf(context, creation.call);
  const source = template === undefined ? undefined : await creationOf(context, template.root);
  if (template === undefined || source === undefined) return undefined;
  const inside = insideCall(context, bindingsOf(context, template.factory, creation.call));
  const { segments, incomplete } = await readOwnChain(context, source);
  return { context: inside, creation: source, segments, incomplete };
}

function isCertainCommit(segment: Segment): boolean {
  return segment.method.text === 'commit' && segment.uncertain === undefined;
}

/** What the creation's own expression and statements say. */
async function readOwnChain(context: Context, creation: Creation): Promise<OwnChain> {
  const own = segmentsOf(creation.chain, undefined);
  const held = await variableReferences(context, creation);
  const rest = continuations(creation, held.references);
  const segments = [...own, ...rest.flatMap((part) => part.segments)].sort(
    (a, b) => a.method.getStart() - b.method.getStart(),
  );
  const certain = rest.filter((part) => part.segments.some((segment) => segment.uncertain === undefined));
  const last = certain.at(-1);
  return {
    segments,
    references: held.references,
    inherited: undefined,
    last: last?.chain ?? creation.chain,
    names: held.names,
    incomplete: segments.find((segment) => segment.uncertain !== undefined)?.uncertain,
  };
}

interface Continuation {
  readonly chain: Node;
  readonly segments: readonly Segment[];
}

/** The builder calls of one chain expression, from its start on. */
function segmentsOf(chain: Node, uncertain: string | undefined): readonly Segment[] {
  const segments: Segment[] = [];
  let current = unwrap(chain as Expression);
  for (let method = methodCall(current); method !== undefined; method = methodCall(current)) {
    if (!builderMethods.has(method.name.text)) break;
    segments.unshift({ method: method.name, call: method.call, uncertain });
    current = unwrap(method.receiver);
  }
  return segments;
}

/** Chains in later statements that start with a variable of the workflow. */
function continuations(creation: Creation, references: readonly Identifier[]): readonly Continuation[] {
  const found: Continuation[] = [];
  for (const node of references) {
    const method = methodCalledOn(node);
    if (method === undefined || !builderMethods.has(method.name.text)) continue;
    const chain = outermostChain(node);
    found.push({ chain, segments: segmentsOf(chain, uncertainty(node, creation.call)) });
  }
  return found;
}

interface Held {
  readonly names: readonly string[];
  readonly references: readonly Identifier[];
}

/** All reads of the variables that hold the workflow: its own, and those that a chain's result was given to. */
async function variableReferences(context: Context, creation: Creation): Promise<Held> {
  if (creation.owner.kind !== 'variable' || creation.nameNode === undefined) return { names: [], references: [] };
  const holders: Node[] = [creation.nameNode];
  const references: Identifier[] = [];
  for (let index = 0; index < holders.length; index += 1) {
    const holder = holders[index];
    if (holder === undefined) break;
    for (const node of await readsOf(context, holder)) {
      references.push(node);
      const owner = ownerOf(outermostChain(node));
      if (owner.kind !== 'variable' || !isVariableDeclaration(owner.declaration)) continue;
      if (!holders.includes(owner.declaration.name)) holders.push(owner.declaration.name);
    }
  }
  return { names: holders.flatMap((holder) => nameText(holder) ?? []), references };
}

/** The identifiers of the file that read the variable declared by `name`. */
async function readsOf(context: Context, name: Node): Promise<readonly Identifier[]> {
  const text = nameText(name);
  const candidates = text === undefined ? [] : (identifiersNamed(name.getSourceFile(), [text]).get(text) ?? []);
  const others = candidates.filter((node) => node !== name && !isNameOfMember(node));
  if (others.length === 0) return [];
  const [own, ...symbols] = await Promise.all([name, ...others].map((node) => context.program.symbolAt(node)));
  return others.filter((_, index) => own !== undefined && symbols[index]?.id === own.id);
}

/** `x.name`, `{ name: x }` and the like: the identifier is no read of a variable. */
function isNameOfMember(node: Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.name === node;
  return (
    isShorthandPropertyAssignment(parent) ||
    (parent.kind === SyntaxKind.PropertyAssignment && 'name' in parent && parent.name === node)
  );
}

/** Why a call at `node` may not run exactly once after `home`: what stands between it and what both are in. */
function uncertainty(node: Node, home: Node): string | undefined {
  const around = new Set<Node>();
  for (let current: Node | undefined = home; current !== undefined; current = parentOf(current)) around.add(current);
  for (let current = parentOf(node); current !== undefined && !around.has(current); current = parentOf(current)) {
    const reason = uncertainKinds.get(current.kind);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

const uncertainKinds: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.ForStatement, 'added in a loop'],
  [SyntaxKind.ForOfStatement, 'added in a loop'],
  [SyntaxKind.ForInStatement, 'added in a loop'],
  [SyntaxKind.WhileStatement, 'added in a loop'],
  [SyntaxKind.DoStatement, 'added in a loop'],
  [SyntaxKind.IfStatement, 'added under a condition'],
  [SyntaxKind.SwitchStatement, 'added under a condition'],
  [SyntaxKind.ConditionalExpression, 'added under a condition'],
  [SyntaxKind.CatchClause, 'added under a condition'],
  [SyntaxKind.ArrowFunction, 'added in a function'],
  [SyntaxKind.FunctionExpression, 'added in a function'],
  [SyntaxKind.FunctionDeclaration, 'added in a function'],
  [SyntaxKind.MethodDeclaration, 'added in a function'],
]);

/** Why code elsewhere may go on with the chain; only asked about what is not committed, except for functions that are seen to. */
async function escape(
  context: Context,
  creation: Creation,
  references: readonly Identifier[],
  committed: boolean,
): Promise<string | undefined> {
  if (creation.owner.kind === 'return' && !committed) return 'returned by a function, whose caller may go on with it';
  if (creation.owner.kind === 'property' && !committed) return memberEscape(creation);
  if (creation.owner.kind === 'other' && !committed && isArgument(creation.chain)) {
    return 'passed to a function, which may go on with it';
  }
  for (const node of references) {
    const outer = outermostChain(node);
    if (!committed && isReturned(outer)) return 'returned by a function, whose caller may go on with it';
    if (isArgument(outer) && (await continuesArgument(context, outer, committed))) {
      return 'passed to a function, which may go on with it';
    }
  }
  return undefined;
}

function isReturned(node: Node): boolean {
  const parent = parentOf(node);
  return parent !== undefined && (isReturnStatement(parent) || (isArrowFunction(parent) && parent.body === node));
}

function isArgument(node: Node): boolean {
  const parent = parentOf(node);
  return parent !== undefined && isCallExpression(parent) && parent.arguments.some((argument) => argument === node);
}

/** True when the called function goes on with the chain of its parameter, or cannot be read and may. */
async function continuesArgument(context: Context, argument: Node, committed: boolean): Promise<boolean> {
  const call = argument.parent;
  if (!isCallExpression(call)) return false;
  const method = methodCall(call);
  if (method !== undefined && builderMethods.has(method.name.text)) return false;
  const callee = await context.resolve(call.expression);
  if (callee.kind === 'mastra') return false;
  const target = functionOf(callee);
  const parameter = target?.parameters[call.arguments.findIndex((candidate) => candidate === argument)];
  if (target?.body === undefined || parameter === undefined) return !committed;
  const name = nameText(parameter.name);
  return containsNode(target.body, (node) => {
    const receiver = builderReceiver(node);
    return receiver !== undefined && isIdentifier(receiver) && receiver.text === name;
  });
}

/** `this.flow.then(...)`, `flows.main.commit()`: a member that is used as a chain elsewhere in the file. */
function memberEscape(creation: Creation): string | undefined {
  const name = nameText(creation.nameNode);
  const continues = containsNode(creation.call.getSourceFile(), (node) => {
    const receiver = builderReceiver(node);
    return receiver !== undefined && isPropertyAccessExpression(receiver) && nameText(receiver.name) === name;
  });
  return continues ? 'continued through a member' : undefined;
}

/** What a builder method is called on. */
function builderReceiver(node: Node): Expression | undefined {
  const method = methodCall(node);
  return method !== undefined && builderMethods.has(method.name.text) ? unwrap(method.receiver) : undefined;
}
