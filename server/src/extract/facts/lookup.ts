/** Where workflows, agents, tools and vector stores are looked up by name, and where they are added while the program runs. */
import type { LookupFact, RegistrationAddedFact, RegistryGroup } from '../../../../common/model/facts/registry.ts';
import { known, knownOr, type Known } from '../../../../common/model/known.ts';
import {
  isBindingElement,
  isBlock,
  isNewExpression,
  isParameterDeclaration,
  isTryStatement,
  literalText,
  locationOf,
  methodCall,
  parentOf,
  rangeBetween,
  unwrap,
  type Expression,
  type MethodCall,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';
import type { Context } from '../context.ts';
import { stringValue } from '../options.ts';
import { unitOf } from '../unit.ts';
import { callsNamed } from '../occurrences.ts';

interface Lookup {
  readonly group: RegistryGroup;
  readonly by: 'key' | 'id';
  readonly step: boolean;
}

const lookups: ReadonlyMap<string, Lookup> = new Map([
  ['getWorkflow', { group: 'workflows', by: 'key', step: false }],
  ['getWorkflowById', { group: 'workflows', by: 'id', step: false }],
  ['getAgent', { group: 'agents', by: 'key', step: false }],
  ['getAgentById', { group: 'agents', by: 'id', step: false }],
  ['getTool', { group: 'tools', by: 'key', step: false }],
  ['getToolById', { group: 'tools', by: 'id', step: false }],
  ['getVector', { group: 'vectors', by: 'key', step: false }],
  ['getVectorById', { group: 'vectors', by: 'id', step: false }],
  ['agent', { group: 'agents', by: 'id', step: true }],
  ['tool', { group: 'tools', by: 'id', step: true }],
]);

const additions: ReadonlyMap<string, RegistryGroup> = new Map([
  ['addWorkflow', 'workflows'],
  ['addDynamicWorkflow', 'workflows'],
  ['addDynamicWorkflows', 'workflows'],
  ['addAgent', 'agents'],
  ['addTool', 'tools'],
  ['addVector', 'vectors'],
]);

export async function lookupFacts(
  context: Context,
  file: SourceFile,
): Promise<readonly (LookupFact | RegistrationAddedFact)[]> {
  const facts = await Promise.all(
    callsNamed(file, [...lookups.keys(), ...additions.keys()]).map(
      async (call): Promise<LookupFact | RegistrationAddedFact | undefined> => {
        const method = methodCall(call);
        if (method === undefined) return undefined;
        const lookup = lookups.get(method.name.text);
        if (lookup !== undefined) return readLookup(context, method, lookup);
        const group = additions.get(method.name.text);
        return group === undefined ? undefined : readAddition(context, method, group);
      },
    ),
  );
  return facts.filter((fact) => fact !== undefined);
}

async function readLookup(context: Context, method: MethodCall, lookup: Lookup): Promise<LookupFact | undefined> {
  const [given] = method.call.arguments;
  const literal = given === undefined ? undefined : unwrap(given);
  const name = literalText(literal);
  if (literal === undefined || name === undefined || !(await isCoreMethod(context, method))) return undefined;
  const file = literal.getSourceFile();
  return {
    kind: 'lookup',
    file: file.fileName,
    range: rangeBetween(file, literal.getStart(file) + 1, literal.getEnd() - 1),
    ...lookup,
    method: method.name.text,
    name,
    instance: lookup.step ? 'handed' : await instanceOf(context, method.receiver),
    guarded: !lookup.step && isGuarded(method.call),
  };
}

async function readAddition(
  context: Context,
  method: MethodCall,
  group: RegistryGroup,
): Promise<RegistrationAddedFact | undefined> {
  const symbol = await context.program.symbolAt(method.name);
  // Of something else; where the receiver has no type, it may well be Mastra.
  if (symbol !== undefined && !symbol.declarations.some(({ path }) => isCore(path))) return undefined;
  const [value, key] = method.call.arguments;
  const names = method.name.text.startsWith('addDynamic') ? undefined : await namesOf(context, value, key);
  return { kind: 'registration-added', ...locationOf(method.name), group, names };
}

/** It is registered under the key, else under its id. */
async function namesOf(
  context: Context,
  value: Expression | undefined,
  key: Expression | undefined,
): Promise<RegistrationAddedFact['names']> {
  if (value === undefined) return undefined;
  const unit = await unitOf(context, value);
  const id = unit.kind === 'opaque' ? undefined : knownOr(unit.id, undefined);
  const given: Known<string | undefined> = key === undefined ? known(id) : await stringValue(context, key);
  if (id === undefined || !given.known) return undefined;
  return { id, key: given.value ?? id };
}

/** A method of `Mastra`, or of its workflows: clients of a server have methods of the same names. */
async function isCoreMethod(context: Context, method: MethodCall): Promise<boolean> {
  const symbol = await context.program.symbolAt(method.name);
  return symbol?.declarations.some(({ path }) => isCore(path)) === true;
}

function isCore(path: string): boolean {
  return /\/node_modules\/@mastra\/core\//i.test(path);
}

async function instanceOf(context: Context, receiver: Expression): Promise<LookupFact['instance']> {
  const resolved = await context.resolve(receiver);
  if (resolved.kind === 'mastra') return 'handed';
  if (resolved.kind === 'expression' && isNewExpression(resolved.expression)) {
    return locationOf(resolved.expression.expression);
  }
  if (resolved.kind !== 'declaration') return 'any';
  let node: Node | undefined = resolved.node;
  while (node !== undefined && !isParameterDeclaration(node)) {
    if (!isBindingElement(node) && !isBindingElement(node.parent)) {
      return parentOf(node) !== undefined && isParameterDeclaration(node.parent) ? 'handed' : 'any';
    }
    node = parentOf(node);
  }
  return node === undefined ? 'any' : 'handed';
}

function isGuarded(node: Node): boolean {
  let current: Node = node;
  for (let parent = parentOf(current); parent !== undefined; parent = parentOf(current)) {
    if (isTryStatement(parent) && isBlock(current) && parent.tryBlock === current) return true;
    current = parent;
  }
  return false;
}
