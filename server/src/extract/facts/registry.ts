/** What each `new Mastra({...})` of a file registers under which keys and ids. */
import type {
  Registration,
  Registrations,
  RegistryFact,
  RegistryGroup,
} from '../../../../common/model/facts/registry.ts';
import { knownOr } from '../../../../common/model/known.ts';
import {
  hasSpread,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isVariableDeclaration,
  locationOf,
  nameText,
  unwrap,
  type Expression,
  type Node,
  type ObjectLiteralExpression,
  type SourceFile,
} from '../../typescript/ast.ts';
import type { Context } from '../context.ts';
import { dependenciesOf } from '../dependencies.ts';
import { hasOption, optionExpression, optionString, readOptions, type Options } from '../options.ts';
import { unitOf } from '../unit.ts';
import { mastraObjectsIn } from './classes.ts';
import { extensionOf } from './registry-extension.ts';

export async function registryFacts(context: Context, file: SourceFile): Promise<readonly RegistryFact[]> {
  const objects = (await mastraObjectsIn(context, file)).filter(({ name }) => name === 'Mastra');
  return Promise.all(
    objects.map(async ({ call }): Promise<RegistryFact> => {
      const options = await readOptions(context, call.arguments?.[0]);
      const [groups, reaches] = await Promise.all([
        readGroups(context, options),
        dependenciesOf(context.program, file),
      ]);
      return {
        kind: 'registry',
        ...locationOf(call.expression),
        groups,
        reaches,
        extension: extensionOf(file, options),
      };
    }),
  );
}

async function readGroups(context: Context, options: Options): Promise<RegistryFact['groups']> {
  const has = (name: string) => hasOption(options, name) !== false;
  const [workflows, agents, vectors, tools] = await Promise.all([
    readGroup(context, options, 'workflows'),
    readGroup(context, options, 'agents'),
    readGroup(context, options, 'vectors'),
    readGroup(context, options, 'tools'),
  ]);
  const ofAgents = await agentTools(context, agents);
  // An editor brings what is stored; controllers bring agents, servers for MCP bring tools.
  const stored = has('editor');
  const close = ({ entries, complete }: Listed, open: boolean): Registrations => ({
    entries: entries.map(({ registration }) => registration),
    complete: complete && !open,
  });
  return {
    workflows: close(workflows, stored),
    agents: close(agents, stored || has('agentControllers') || has('harnesses')),
    vectors: close(vectors, stored),
    tools: close(
      { entries: [...tools.entries, ...ofAgents.entries], complete: tools.complete && ofAgents.complete },
      stored || has('mcpServers') || has('agentControllers') || has('harnesses'),
    ),
  };
}

interface Listed {
  readonly entries: readonly { readonly registration: Registration; readonly value: Expression }[];
  readonly complete: boolean;
}

const unknown: Listed = { entries: [], complete: false };

async function readGroup(context: Context, options: Options, group: RegistryGroup): Promise<Listed> {
  const given = hasOption(options, group);
  if (given === false) return { entries: [], complete: true };
  const value = optionExpression(options, group);
  if (given === undefined || value === undefined || options.literal === undefined) return unknown;
  const listed = await readObject(context, value, group, 0);
  // What a spread brings may take the place of what is written.
  return hasSpread(options.literal) ? { ...listed, complete: false } : listed;
}

async function readObject(context: Context, given: Expression, group: RegistryGroup, depth: number): Promise<Listed> {
  if (depth > 5) return unknown;
  const object = await objectOf(context, given);
  if (object === undefined) return unknown;
  const parts = await Promise.all(
    object.properties.map(async (property): Promise<Listed> => {
      if (isSpreadAssignment(property)) return readObject(context, property.expression, group, depth + 1);
      const key = nameText(property.name);
      if (key === undefined) return unknown;
      if (isPropertyAssignment(property)) return entry(context, group, key, property.name, property.initializer);
      if (isShorthandPropertyAssignment(property) && isIdentifier(property.name)) {
        return entry(context, group, key, property.name, property.name);
      }
      return unknown;
    }),
  );
  return { entries: parts.flatMap(({ entries }) => entries), complete: parts.every(({ complete }) => complete) };
}

/** The literal that is given or named. One whose variable says its type, such as a Record, may get more later. */
async function objectOf(context: Context, given: Expression): Promise<ObjectLiteralExpression | undefined> {
  const direct = unwrap(given);
  if (isObjectLiteralExpression(direct)) return direct;
  const resolved = await context.resolve(direct);
  if (resolved.kind !== 'expression' || !isObjectLiteralExpression(resolved.expression)) return undefined;
  const { declaration } = resolved;
  const isTyped = declaration !== undefined && isVariableDeclaration(declaration) && declaration.type !== undefined;
  return isTyped ? undefined : resolved.expression;
}

async function entry(
  context: Context,
  group: RegistryGroup,
  key: string,
  name: Node,
  value: Expression,
): Promise<Listed> {
  const registration: Registration = { key, ...(await identityOf(context, group, value)), ...locationOf(name) };
  return { entries: [{ registration, value }], complete: true };
}

async function identityOf(
  context: Context,
  group: RegistryGroup,
  value: Expression,
): Promise<Pick<Registration, 'id' | 'workflow'>> {
  if (group !== 'vectors') {
    const unit = await unitOf(context, value);
    if (unit.kind === 'opaque') return { id: undefined, workflow: undefined };
    const workflow = unit.kind === 'workflow' ? knownOr(unit.target, undefined) : undefined;
    return { id: knownOr(unit.id, undefined), workflow };
  }
  const resolved = await context.resolve(value);
  if (resolved.kind !== 'expression' || !isNewExpression(resolved.expression))
    return { id: undefined, workflow: undefined };
  const options = await readOptions(context, resolved.expression.arguments?.[0]);
  return { id: knownOr(await optionString(context, options, 'id'), undefined), workflow: undefined };
}

/** Registering an agent registers its tools, under their ids. */
async function agentTools(context: Context, agents: Listed): Promise<Listed> {
  if (!agents.complete) return unknown;
  const lists = await Promise.all(
    agents.entries.map(async ({ value }): Promise<Listed> => {
      const resolved = await context.resolve(value);
      if (resolved.kind !== 'expression' || !isNewExpression(resolved.expression)) return unknown;
      const options = await readOptions(context, resolved.expression.arguments?.[0]);
      if (hasOption(options, 'tools') === false) return { entries: [], complete: true };
      const tools = optionExpression(options, 'tools');
      return tools === undefined ? unknown : readObject(context, tools, 'tools', 0);
    }),
  );
  const entries = lists
    .flatMap((list) => list.entries)
    .map(({ registration, value }) => ({
      value,
      registration: { ...registration, key: registration.id ?? registration.key },
    }));
  return {
    entries,
    complete:
      lists.every(({ complete }) => complete) && entries.every(({ registration }) => registration.id !== undefined),
  };
}
