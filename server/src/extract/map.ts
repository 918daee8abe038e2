/** `.map(fn)` and `.map({ key: source })`: what leaves is the function's result, or an object with one field per key. */
import {
  hasSpread,
  isArrayLiteralExpression,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  literalText,
  nameText,
  oneLine,
  propertyOf,
  type Expression,
  type ObjectLiteralExpression,
} from '../typescript/ast.ts';
import type { Context } from './context.ts';
import { typeData, unknownData, type Data, type DataField } from './data.ts';
import { opaqueDraft, placeOf, type Draft, type Segment } from './draft.ts';
import { dataAtPath } from './path.ts';
import { explicitId } from './parallel.ts';
import { readsOfField, type ReadDraft } from './reads.ts';
import { functionResult } from './result.ts';
import { outputOf, schemaExpressionSide, unitOf } from './unit.ts';

export async function mapEntry(context: Context, segment: Segment): Promise<Draft> {
  const [mapping, settings] = segment.call.arguments;
  const place = placeOf(segment);
  if (mapping === undefined) return opaqueDraft(place, 'the mapping is missing');
  const [id, resolved] = await Promise.all([explicitId(context, settings), context.resolve(mapping)]);
  const literal =
    resolved.kind === 'expression' && isObjectLiteralExpression(resolved.expression) ? resolved.expression : undefined;
  const result = literal === undefined ? await functionResult(context, mapping) : undefined;
  const reads = literal === undefined ? [] : await readsOf(context, literal);
  return {
    type: 'mapping',
    id,
    form: literal !== undefined ? 'object' : result !== undefined ? 'function' : 'unknown',
    source: oneLine(mapping),
    reads,
    wish: id ?? 'map',
    ...place,
    definition: undefined,
    description: undefined,
    needs: { kind: 'anything' },
    leaves:
      literal === undefined
        ? (result ?? unknownData('the mapping is made while the program runs'))
        : await objectResult(context, literal),
  };
}

async function readsOf(context: Context, literal: ObjectLiteralExpression): Promise<readonly ReadDraft[]> {
  const reads = literal.properties.map(async (property): Promise<readonly ReadDraft[]> => {
    const name = 'name' in property ? nameText(property.name) : undefined;
    if (name === undefined || !isPropertyAssignment(property)) return [];
    const source = await sourceLiteral(context, property.initializer);
    return source === undefined ? [] : readsOfField(context, name, source);
  });
  return (await Promise.all(reads)).flat();
}

async function objectResult(context: Context, literal: ObjectLiteralExpression): Promise<Data> {
  if (hasSpread(literal)) return unknownData('the mapping has fields that are not written out');
  const fields = await Promise.all(
    literal.properties.map(async (property): Promise<DataField | undefined> => {
      const name = 'name' in property ? nameText(property.name) : undefined;
      const source = isPropertyAssignment(property)
        ? property.initializer
        : isShorthandPropertyAssignment(property) && isIdentifier(property.name)
          ? property.name
          : undefined;
      if (name === undefined || source === undefined) return undefined;
      return { name, optional: false, data: await sourceData(context, source) };
    }),
  );
  const complete = fields.filter((field) => field !== undefined);
  return complete.length === fields.length
    ? { kind: 'object', fields: complete }
    : unknownData('the mapping has a computed field name');
}

/** The data that one field of the object form takes, in the order of precedence that the runtime has. */
async function sourceData(context: Context, given: Expression): Promise<Data> {
  const source = await sourceLiteral(context, given);
  if (source === undefined) return unknownData('the source of the field is made while the program runs');
  const value = propertyOf(source, 'value');
  const schema = propertyOf(source, 'schema');
  if (value !== undefined) return typeData(await context.program.typeAt(value), true, 'the value is of any type');
  const compute = propertyOf(source, 'fn');
  if (compute !== undefined) {
    return (await functionResult(context, compute)) ?? unknownData('the function of the field cannot be read');
  }
  if (propertyOf(source, 'requestContextPath') !== undefined) {
    return schema === undefined
      ? unknownData('a value of the request context')
      : schemaExpressionSide(context, schema, 'output');
  }
  if (propertyOf(source, 'template') !== undefined) {
    return typeData(await context.program.stringType(), true, 'the type string is not known');
  }
  const path = propertyOf(source, 'path');
  const pathText = path === undefined ? undefined : literalText(path);
  if (pathText === undefined) return unknownData('the path of the field is computed');
  const workflow = propertyOf(source, 'initData');
  if (workflow !== undefined) {
    const unit = await unitOf(context, workflow);
    return unit.kind === 'opaque'
      ? unknownData(unit.reason)
      : dataAtPath(context, await unit.schema('inputSchema', 'output'), pathText);
  }
  const step = propertyOf(source, 'step');
  return step === undefined ? unknownData('the source of the field is not known') : stepData(context, step, pathText);
}

/** A list of steps yields the output of the one that ran: certain only when all of them agree. */
async function stepData(context: Context, given: Expression, path: string): Promise<Data> {
  const resolved = await context.resolve(given);
  if (resolved.kind === 'expression' && isArrayLiteralExpression(resolved.expression)) {
    const [first, ...others] = resolved.expression.elements;
    if (first !== undefined && others.length === 0) return stepData(context, first, path);
    return unknownData('the field comes from one of several steps');
  }
  const unit = await unitOf(context, given);
  if (unit.kind === 'opaque') return unknownData(unit.reason);
  return dataAtPath(context, await outputOf(unit), path);
}

/** The literal `{ step, path }`, also given through `mapVariable({ step, path })`. */
async function sourceLiteral(context: Context, given: Expression): Promise<ObjectLiteralExpression | undefined> {
  const resolved = await context.resolve(given);
  if (resolved.kind !== 'expression') return undefined;
  if (isObjectLiteralExpression(resolved.expression)) return resolved.expression;
  if (!isCallExpression(resolved.expression)) return undefined;
  const callee = await context.resolve(resolved.expression.expression);
  const [argument] = resolved.expression.arguments;
  return callee.kind === 'mastra' && callee.name === 'mapVariable' && argument !== undefined
    ? sourceLiteral(context, argument)
    : undefined;
}
