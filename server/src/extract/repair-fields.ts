/** Fields that are missing, added to the schema of whoever makes the data: the workflow's input, or the step in front. */
import type { Repair } from '../../../common/model/flow.ts';
import { knownOr } from '../../../common/model/known.ts';
import type { FileEdit } from '../../../common/model/text.ts';
import {
  isObjectLiteralExpression,
  parentOf,
  unwrap,
  wrapped,
  type Expression,
  type Node,
  type ObjectLiteralExpression,
} from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';
import { isOptionalProperty } from '../typescript/types.ts';
import { elementOf, fieldsOf, fitsInto, mayBeAbsent } from './compare.ts';
import type { Data, DataField } from './data.ts';
import { optionExpression, optionFunction } from './options.ts';
import { handingOn } from './repair-execute.ts';
import { providerIn, type RepairPlace } from './repair-place.ts';
import { fieldsLiteral, isRefined, withExtension, withProperties } from './repair-literal.ts';
import { schemaTextOf } from './repair-schema.ts';
import { resultOfType } from './result.ts';
import { schemaSide } from './schema.ts';

/** The workflow is asked for what its first entry needs. */
export async function inputFields(place: RepairPlace): Promise<Repair | undefined> {
  const { inputSchema, before } = place;
  if (inputSchema === undefined || providerIn(before) !== undefined) return undefined;
  const missing = await missingFields(place);
  const edit = await fieldsInSchema(place, inputSchema, missing);
  return edit === undefined
    ? undefined
    : { kind: 'input-fields', edits: [edit], fields: missing.map(({ name }) => name) };
}

/** What the step or tool in front makes of fields that are missing. */
export interface Outputs {
  /** It promises what it returns anyway, or hands on what it received. */
  readonly repair: Repair | undefined;
  /** It returns all of them always: they arrive, whatever its schema says, and whether that can be edited or not. */
  readonly isReturned: boolean;
}

export async function outputsOf(place: RepairPlace): Promise<Outputs> {
  const { program, before, listed } = place;
  const none: Outputs = { repair: undefined, isReturned: false };
  const provider = providerIn(before);
  if (provider?.type !== 'step' && provider?.type !== 'tool') return none;
  const schema = provider.leaves?.kind === 'type' ? provider.leaves.schema?.expression : undefined;
  const maker = schema === undefined ? undefined : makerOf(schema);
  if (schema === undefined || maker === undefined) return none;
  const returned = await returnedBy(program, maker.execute, listed === true);
  if (returned === undefined) return none;
  const isReturned = await areReturned(program, returned, await unsaidFields(place));
  const missing = await missingFields(place);
  const edit = await fieldsInSchema(place, schema, missing);
  if (edit === undefined) return { repair: undefined, isReturned };
  const absent: DataField[] = [];
  for (const field of missing) if (!(await areReturned(program, returned, [field]))) absent.push(field);
  const handedOn = await handedOnBy(place, provider.type === 'step' ? maker : undefined, absent);
  if (handedOn === undefined) return { repair: undefined, isReturned };
  const repair: Repair = {
    kind: 'output-fields',
    edits: [edit, ...handedOn],
    fields: missing.map(({ name }) => name),
    step: knownOr(provider.id, undefined),
    isReturned: handedOn.length === 0,
  };
  return { repair, isReturned };
}

/** What is needed always and does not arrive always; none when something else is wrong as well. */
async function unsaidFields({ program, arrives, needs }: RepairPlace): Promise<readonly DataField[]> {
  const [needed, arriving] = await Promise.all([fieldsOf(program, needs), fieldsOf(program, arrives)]);
  if (needed === undefined || arriving === undefined) return [];
  const unsaid: DataField[] = [];
  for (const field of needed) {
    const same = arriving.find(({ name }) => name === field.name);
    const isSure = same !== undefined && !same.optional;
    if (isSure && !(await fitsInto(program, same.data, field.data))) return [];
    if (!isSure && !(await mayBeAbsent(program, field))) unsaid.push(field);
  }
  return unsaid;
}

/** What is needed and does not arrive; none when something else is wrong as well. */
async function missingFields({ program, arrives, needs }: RepairPlace): Promise<readonly DataField[]> {
  const [needed, arriving] = await Promise.all([fieldsOf(program, needs), fieldsOf(program, arrives)]);
  if (needed === undefined || arriving === undefined) return [];
  const missing: DataField[] = [];
  for (const field of needed) {
    const absent = await mayBeAbsent(program, field);
    const same = arriving.find(({ name }) => name === field.name);
    if (same === undefined) {
      if (!absent) missing.push(field);
    } else if ((same.optional && !absent) || !(await fitsInto(program, same.data, field.data))) return [];
  }
  return missing;
}

/** Where the schema is written out, else as an extension of the one that is named there. */
async function fieldsInSchema(
  { program, needs, listed }: RepairPlace,
  schema: Expression,
  fields: readonly DataField[],
): Promise<FileEdit | undefined> {
  const literal = fieldsLiteral(schema, 'write', listed === true);
  const file = (literal ?? schema).getSourceFile();
  if (fields.length === 0 || isInstalled(file.fileName)) return undefined;
  const texts = await Promise.all(fields.map((field) => schemaTextOf(program, needs, field, file)));
  const known = texts.filter((text) => text !== undefined);
  if (known.length < texts.length) return undefined;
  if (literal !== undefined) return withProperties(literal, known);
  const isWritten = listed !== true && fieldsLiteral(schema, 'read') !== undefined && !isRefined(schema);
  const type = isWritten ? await program.typeAt(schema) : undefined;
  const canExtend = type !== undefined && (await program.property(type, 'extend')) !== undefined;
  return canExtend ? withExtension(schema, known) : undefined;
}

/** What is in a package is not the author's to edit. */
function isInstalled(file: string): boolean {
  return file.includes('/node_modules/');
}

interface Maker {
  readonly literal: ObjectLiteralExpression;
  readonly execute: Node;
}

/** The options that hold the schema and the function whose result it promises. */
function makerOf(schema: Expression): Maker | undefined {
  const property = parentOf(wrapped(schema));
  const literal = property === undefined ? undefined : parentOf(property);
  if (literal === undefined || !isObjectLiteralExpression(literal)) return undefined;
  const options = { given: literal, literal };
  const own = optionExpression(options, 'outputSchema');
  const execute = optionFunction(options, 'execute');
  return own === undefined || unwrap(own) !== unwrap(schema) || execute === undefined
    ? undefined
    : { literal, execute };
}

/** What the function returns, one for each shape of it. Undefined where that is not known. */
async function returnedBy(program: Program, execute: Node, listed: boolean): Promise<readonly Data[] | undefined> {
  const type = await program.typeAt(execute);
  const result = type === undefined ? undefined : await program.returnType(type);
  const data = result === undefined ? undefined : await resultOfType(program, result);
  if (data === undefined) return undefined;
  const shapes = data.kind === 'oneOf' ? data.members : [data];
  const elements = await Promise.all(shapes.map(async (shape) => (listed ? elementOf(program, shape) : shape)));
  const known = elements.filter((element) => element?.kind === 'type');
  return known.length === elements.length ? known : undefined;
}

/** Whether all of the fields are in each of the shapes; not so for no fields at all. */
async function areReturned(
  program: Program,
  returned: readonly Data[],
  fields: readonly DataField[],
): Promise<boolean> {
  const found = await Promise.all(
    fields.flatMap((needed) =>
      returned.map(async (data) => {
        const symbol = data.kind === 'type' ? await program.property(data.type, needed.name) : undefined;
        if (symbol === undefined || isOptionalProperty(symbol)) return false;
        const type = await program.typeOf(symbol);
        return type !== undefined && isAssignable(program, { kind: 'type', type, exact: true }, needed.data);
      }),
    ),
  );
  return found.length > 0 && !found.includes(false);
}

/** As the compiler sees it: an edit in a schema must not make an error of it. */
async function isAssignable(program: Program, given: Data, needed: Data): Promise<boolean> {
  return (
    given.kind === 'type' && needed.kind === 'type' && (await program.isAssignable(given.type, needed.type)) === true
  );
}

/** The edits by which the function returns fields of its input; none for no fields, undefined where it cannot. */
async function handedOnBy(
  { program, listed }: RepairPlace,
  maker: Maker | undefined,
  fields: readonly DataField[],
): Promise<readonly FileEdit[] | undefined> {
  if (fields.length === 0) return [];
  const input =
    maker === undefined ? undefined : optionExpression({ given: maker.literal, literal: maker.literal }, 'inputSchema');
  if (maker === undefined || input === undefined || listed === true) return undefined;
  const received = (await fieldsOf(program, await schemaSide(program, input, 'output'))) ?? [];
  for (const field of fields) {
    const same = received.find(({ name }) => name === field.name);
    if (same === undefined || same.optional || !(await isAssignable(program, same.data, field.data))) return undefined;
  }
  return handingOn(
    maker.execute,
    fields.map(({ name }) => name),
  );
}
