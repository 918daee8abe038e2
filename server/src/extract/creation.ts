/** The expressions of a file that make workflows, with the names they go by. */
import { isInMastraPackage } from './resolve.ts';
import type { Location } from '../../../common/model/text.ts';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isExportAssignment,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isNamespaceImport,
  isNamedImports,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isVariableDeclaration,
  methodCall,
  methodCalledOn,
  locationOf,
  nameText,
  parentOf,
  optionsLiteral,
  propertyOf,
  unwrap,
  wrapped,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionNode,
  type NewExpression,
  type Node,
  type SourceFile,
} from '../typescript/ast.ts';
import { builderMethods } from './builder.ts';
import type { Context } from './context.ts';
import { functionOf, soleReturn } from './factory.ts';
import { calledName, callsIn } from './occurrences.ts';

/** One expression that makes a workflow. */
export interface Creation {
  readonly call: CallExpression | NewExpression;
  /** `factory`: a function of the project whose body makes the workflow; the chain goes on where the body's ends. */
  readonly maker: 'createWorkflow' | 'cloneWorkflow' | 'factory';
  /** The whole chain that starts at the call, with its wrappers (`await`, `as`, parentheses). */
  readonly chain: Node;
  readonly key: WorkflowKey;
  readonly name: string | undefined;
  /** The declaration's name, for ranges and references. */
  readonly nameNode: Node | undefined;
  readonly owner: Owner;
}

/** What the chain of a creation is given to. */
export type Owner =
  | { readonly kind: 'variable'; readonly declaration: Node }
  | { readonly kind: 'property' }
  | { readonly kind: 'default-export' }
  | { readonly kind: 'return'; readonly factory: Node }
  | { readonly kind: 'other' };

const makers: ReadonlyMap<string, Creation['maker']> = new Map([
  ['createWorkflow', 'createWorkflow'],
  ['createEventedWorkflow', 'createWorkflow'],
  ['Workflow', 'createWorkflow'],
  ['cloneWorkflow', 'cloneWorkflow'],
]);

export function creationsOf(context: Context, file: SourceFile): Promise<readonly Creation[]> {
  let creations = context.creations.get(file);
  if (creations === undefined) {
    creations = findCreations(context, file);
    context.creations.set(file, creations);
  }
  return creations;
}

async function findCreations(context: Context, file: SourceFile): Promise<readonly Creation[]> {
  if (isInMastraPackage(file.fileName)) return [];
  const candidates = candidateCalls(file);
  const found = await Promise.all(candidates.map((call) => makerOf(context, call)));
  const names = new Map<string, number>();
  let unnamed = 0;
  return candidates.flatMap((call, index): readonly Creation[] => {
    const maker = found[index];
    if (maker === undefined) return [];
    const chain = outermostChain(call);
    const owner = ownerOf(chain);
    const nameNode = nameNodeOf(owner, chain);
    const name = nameText(nameNode);
    if (name === undefined) {
      unnamed += 1;
      return [{ call, maker, chain, owner, name, nameNode, key: `${file.fileName}#${String(unnamed)}` }];
    }
    const repeated = names.get(name) ?? 0;
    names.set(name, repeated + 1);
    const suffix = repeated === 0 ? '' : `~${String(repeated + 1)}`;
    return [{ call, maker, chain, owner, name, nameNode, key: `${file.fileName}#${name}${suffix}` }];
  });
}

async function makerOf(context: Context, call: CallExpression | NewExpression): Promise<Creation['maker'] | undefined> {
  const callee = await context.resolve(call.expression);
  if (callee.kind === 'mastra') return makers.get(callee.name);
  return (await templateOf(context, call)) === undefined ? undefined : 'factory';
}

/** What a call of a function of the project makes anew: the function, and the call in its body that makes the workflow. */
export interface Template {
  readonly factory: FunctionNode;
  readonly root: CallExpression | NewExpression;
}

export async function templateOf(
  context: Context,
  call: CallExpression | NewExpression,
): Promise<Template | undefined> {
  const factory = functionOf(await context.resolve(call.expression));
  const returned = factory === undefined ? undefined : soleReturn(factory);
  if (factory === undefined || returned === undefined) return undefined;
  const root = await chainStart(context, returned);
  const inside =
    root?.getSourceFile() === factory.getSourceFile() && root.pos >= factory.pos && root.end <= factory.end;
  if (root === undefined || !inside) return undefined;
  const callee = await context.resolve(root.expression);
  return callee.kind === 'mastra' && makers.has(callee.name) ? { factory, root } : undefined;
}

/** The call at which the chain starts that an expression is or names. */
async function chainStart(
  context: Context,
  expression: Expression,
): Promise<CallExpression | NewExpression | undefined> {
  let current = expression;
  for (let hops = 0; hops < 10; hops += 1) {
    const resolved = await context.resolve(current);
    if (resolved.kind !== 'expression') return undefined;
    let start = resolved.expression;
    for (let method = methodCall(start); method !== undefined; method = methodCall(start)) {
      if (!builderMethods.has(method.name.text)) break;
      start = unwrap(method.receiver);
    }
    if (isCallExpression(start) || isNewExpression(start)) return start;
    if (!isIdentifier(start)) return undefined;
    current = start;
  }
  return undefined;
}

/** Calls that may make a workflow, judged by names and arguments alone; which do is for the resolver to say. */
function candidateCalls(file: SourceFile): readonly (CallExpression | NewExpression)[] {
  const makerNames = localMakerNames(file);
  return callsIn(file).filter((call) => {
    const name = calledName(call);
    if (name === undefined) return false;
    if (makerNames.has(name)) return true;
    return !notMakers.has(name) && (looksLikeWorkflowOptions(call) || mayCallFactory(call));
  });
}

/** Callees that also take `inputSchema` and `outputSchema`, and never make a workflow. */
const notMakers: ReadonlySet<string> = new Set(['createStep', 'createTool', 'tool', 'Step', 'Tool', 'object']);

/** `const flow = buildFlow(...)`, `buildFlow(...).then(...)`: only named functions, whose result is kept or goes on. */
function mayCallFactory(call: CallExpression | NewExpression): boolean {
  if (!isCallExpression(call) || !isIdentifier(unwrap(call.expression))) return false;
  const chain = outermostChain(call);
  return chain !== wrapped(call) || ownerOf(chain).kind !== 'other';
}

function looksLikeWorkflowOptions(call: CallExpression | NewExpression): boolean {
  const options = optionsLiteral(call);
  return (
    options !== undefined &&
    propertyOf(options, 'execute') === undefined &&
    (propertyOf(options, 'inputSchema') !== undefined || propertyOf(options, 'outputSchema') !== undefined)
  );
}

/** The makers' own names, and what this file's imports and destructurings call them. */
function localMakerNames(file: SourceFile): ReadonlySet<string> {
  const names = new Set(makers.keys());
  for (const statement of file.statements) {
    if (!isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || isNamespaceImport(bindings) || !isNamedImports(bindings)) continue;
    for (const element of bindings.elements) {
      if (makers.has(nameText(element.propertyName) ?? '')) names.add(element.name.text);
    }
  }
  return names;
}

/** The chain of builder calls that starts at `root`, with the wrappers around it. */
export function outermostChain(root: Node): Node {
  let current = wrapped(root);
  for (let method = methodCalledOn(current); method !== undefined; method = methodCalledOn(current)) {
    if (!builderMethods.has(method.name.text)) break;
    current = wrapped(method.call);
  }
  return current;
}

export function ownerOf(chain: Node): Owner {
  const parent = parentOf(chain);
  if (parent === undefined) return { kind: 'other' };
  if (isVariableDeclaration(parent) && isIdentifier(parent.name)) return { kind: 'variable', declaration: parent };
  if (isPropertyAssignment(parent) || isPropertyDeclaration(parent)) return { kind: 'property' };
  if (isExportAssignment(parent)) return { kind: 'default-export' };
  if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.right === chain) {
    return isIdentifier(parent.left) ? { kind: 'variable', declaration: parent } : { kind: 'property' };
  }
  if (isReturnStatement(parent)) {
    const factory = enclosingFunction(parent);
    return factory === undefined ? { kind: 'other' } : { kind: 'return', factory };
  }
  if (isArrowFunction(parent) && parent.body === chain) return { kind: 'return', factory: parent };
  return { kind: 'other' };
}

function nameNodeOf(owner: Owner, chain: Node): Node | undefined {
  switch (owner.kind) {
    case 'variable':
    case 'property':
      return assignedName(chain.parent);
    case 'return': {
      // `const buildOrders = () => createWorkflow(...)`: the function is the name a reader knows it by.
      const { factory } = owner;
      if (isFunctionDeclaration(factory)) return factory.name;
      const holder = parentOf(wrapped(factory));
      return holder !== undefined && isVariableDeclaration(holder) ? holder.name : undefined;
    }
    case 'default-export':
    case 'other':
      return undefined;
  }
}

function assignedName(node: Node): Node | undefined {
  if (isVariableDeclaration(node) || isPropertyAssignment(node) || isPropertyDeclaration(node)) return node.name;
  if (!isBinaryExpression(node)) return undefined;
  return isPropertyAccessExpression(node.left) ? node.left.name : node.left;
}

export function enclosingFunction(node: Node): Node | undefined {
  let current = parentOf(node);
  while (current !== undefined) {
    if (isArrowFunction(current) || isFunctionExpression(current) || isFunctionDeclaration(current)) return current;
    if (current.kind === SyntaxKind.MethodDeclaration || current.kind === SyntaxKind.Constructor) return current;
    current = parentOf(current);
  }
  return undefined;
}

/** Where a workflow is declared. */
export function definitionOf(creation: Creation): Location | undefined {
  return creation.nameNode === undefined ? undefined : locationOf(creation.nameNode);
}

/** The creation that a call is, in the file it is in. */
export async function creationOf(context: Context, call: Expression): Promise<Creation | undefined> {
  return (await creationsOf(context, call.getSourceFile())).find((creation) => creation.call === call);
}
