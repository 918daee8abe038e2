/** Agents and workflows without a description that `new MCPServer({ agents, workflows })` offers as tools. */
import type { McpExposureFact } from '../../../../common/model/facts/index.ts';
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  literalText,
  locationOf,
  methodCall,
  nameText,
  unwrap,
  type Expression,
  type ObjectLiteralElementLike,
} from '../../typescript/ast.ts';
import { builderMethods } from '../builder.ts';
import type { Context } from '../context.ts';
import { hasOption, optionExpression, readOptions } from '../options.ts';
import { declaredName } from '../resolve.ts';
import { mastraObjectsIn } from './classes.ts';
import type { FactExtractor } from './index.ts';

export const mcpExposures: FactExtractor = async (context, file) => {
  const facts = await Promise.all(
    (await mastraObjectsIn(context, file)).map(async ({ name, call }): Promise<readonly McpExposureFact[]> => {
      if (name !== 'MCPServer') return [];
      const options = await readOptions(context, call.arguments?.[0]);
      const exposed = (['agent', 'workflow'] as const).map(async (kind) => {
        const { literal } = await readOptions(context, optionExpression(options, `${kind}s`));
        return Promise.all((literal?.properties ?? []).map((property) => exposure(context, property, kind)));
      });
      return (await Promise.all(exposed)).flat(2);
    }),
  );
  return facts.flat();
};

async function exposure(
  context: Context,
  property: ObjectLiteralElementLike,
  exposed: McpExposureFact['exposed'],
): Promise<readonly McpExposureFact[]> {
  const value = valueOf(property);
  const key = value === undefined || isSpreadAssignment(property) ? undefined : nameText(property.name);
  if (key === undefined || value === undefined) return [];
  const made = await creationOf(context, value);
  if (made === undefined || !creators[exposed].includes(made.creator)) return [];
  const options = await readOptions(context, made.options);
  const isEmpty = literalText(optionExpression(options, 'description')) === '';
  if (hasOption(options, 'description') !== false && !isEmpty) return [];
  return [
    {
      kind: 'mcp-exposure',
      ...locationOf(value),
      exposed,
      key,
      description: isEmpty ? 'empty' : 'missing',
      definition: locationOf(made.name),
    },
  ];
}

const creators: Readonly<Record<McpExposureFact['exposed'], readonly string[]>> = {
  agent: ['Agent'],
  workflow: ['createWorkflow', 'Workflow'],
};

function valueOf(property: ObjectLiteralElementLike): Expression | undefined {
  if (isPropertyAssignment(property)) return property.initializer;
  return isShorthandPropertyAssignment(property) && isIdentifier(property.name) ? property.name : undefined;
}

/** The call that makes an agent or a workflow, at the beginning of its chain. */
async function creationOf(context: Context, value: Expression) {
  const resolved = await context.resolve(value);
  if (resolved.kind !== 'expression') return undefined;
  let call = unwrap(resolved.expression);
  for (let step = methodCall(call); step !== undefined && builderMethods.has(step.name.text); step = methodCall(call)) {
    call = unwrap(step.receiver);
  }
  // A chain that goes on from a name begins where that name is declared.
  if (isIdentifier(call)) {
    const begin = await context.resolve(call);
    if (begin.kind !== 'expression') return undefined;
    call = unwrap(begin.expression);
  }
  if (!isCallExpression(call) && !isNewExpression(call)) return undefined;
  const callee = await context.resolve(call.expression);
  if (callee.kind !== 'mastra') return undefined;
  const name = resolved.declaration === undefined ? call.expression : declaredName(resolved.declaration);
  return { creator: callee.name, options: call.arguments?.[0], name };
}
