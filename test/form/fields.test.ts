/** JSON Schema to fields: ordinary schemas as people write them with zod, and schemas that want to break the form. */
import assert from 'node:assert/strict';
import * as z from 'zod';
import type { Json } from '../../common/runlog/events.ts';
import { checkValue, fieldOf, hintOf, variantOf } from '../../common/schema/index.ts';
import type { Field, FieldSource } from '../../common/schema/index.ts';
import { toJson } from '../../common/runlog/json.ts';

function schemaOf(schema: z.ZodType): Json {
  return toJson(z.toJSONSchema(schema, { target: 'draft-07', io: 'input' }));
}

/** One line for each field, indented: `* name: kind …`, a star for what is required. */
function outline(field: Field, depth = 3): readonly string[] {
  const inner = (mark: string, name: string, source: FieldSource): readonly string[] => {
    const [first = '', ...more] = outline(source(), depth - 1);
    return [`${mark}${name}: ${first}`, ...more.map((line) => `  ${line}`)];
  };
  if (depth < 0) return ['…'];
  const fallback = field.default === undefined ? '' : ` = ${JSON.stringify(field.default)}`;
  switch (field.kind) {
    case 'text':
      return [(field.format === 'text' ? 'text' : field.format) + fallback];
    case 'number':
      return [`number${fallback}`];
    case 'choice':
      return [`${field.choices.map(({ label }) => label).join('|')}${fallback}`];
    case 'constant':
      return [`constant ${JSON.stringify(field.value)}`];
    case 'json':
      return [`json${fallback}`];
    case 'object':
      return [
        `object${fallback}`,
        ...field.properties.flatMap(({ name, required, field: own }) => inner(required ? '*' : '', name, own)),
        ...(field.additional === undefined ? [] : inner('', '[name]', field.additional)),
      ];
    case 'list':
      return [
        `list${fallback}`,
        ...field.first.flatMap((own, index) => inner('', String(index), own)),
        ...(field.item === undefined ? [] : inner('', '[item]', field.item)),
      ];
    case 'union':
      return [`union${fallback}`, ...field.variants.flatMap(({ label, field: own }) => inner('', label, own))];
  }
}

const lines = (schema: Json | undefined, depth?: number): readonly string[] => outline(fieldOf(schema), depth);

describe('fields of a schema', () => {
  it('objects, lists, numbers, texts by format, choices, booleans', () => {
    const schema = z.object({
      orderId: z.string().describe('Order number'),
      email: z.email(),
      site: z.url(),
      day: z.iso.date(),
      at: z.iso.datetime(),
      size: z.enum(['S', 'M', 'L']),
      gift: z.boolean(),
      lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).min(1),
      note: z.string().optional(),
    });
    assert.deepEqual(lines(schemaOf(schema)), [
      'object',
      '*orderId: text',
      '*email: email',
      '*site: uri',
      '*day: date',
      '*at: date-time',
      '*size: S|M|L',
      '*gift: true|false',
      '*lines: list',
      '  [item]: object',
      '    *sku: text',
      '    *quantity: number',
      'note: text',
    ]);
    const [orderId] = fieldOf(schemaOf(schema)).kind === 'object' ? properties(schemaOf(schema)) : [];
    assert.equal(orderId?.field().description, 'Order number');
  });

  it('a field with a default is optional, also where the schema lists it as required', () => {
    const schema = z.object({
      copies: z.number().default(2),
      tags: z.array(z.string()).default([]),
      none: z.null().default(null),
    });
    const expected = ['object', 'copies: number = 2', 'tags: list = []', '  [item]: text', 'none: constant null'];
    assert.deepEqual(lines(schemaOf(schema)), expected);
    // As `mastra dev` describes the same schema.
    assert.deepEqual(lines(toJson(z.toJSONSchema(schema, { target: 'draft-07', io: 'output' }))), expected);
  });

  it('nullable values, unions, discriminated unions, literals', () => {
    const schema = z.object({
      maybe: z.string().nullable(),
      state: z.enum(['on', 'off']).nullable(),
      id: z.union([z.string(), z.number()]),
      level: z.union([z.literal(1), z.literal(2)]),
      version: z.literal('v1'),
      pay: z.discriminatedUnion('by', [
        z.object({ by: z.literal('card'), number: z.string() }),
        z.object({ by: z.literal('bank'), iban: z.string() }),
      ]),
    });
    assert.deepEqual(lines(schemaOf(schema)), [
      'object',
      '*maybe: union',
      '  Text: text',
      '  null: constant null',
      '*state: on|off|null',
      '*id: union',
      '  Text: text',
      '  Number: number',
      '*level: 1|2',
      '*version: constant "v1"',
      '*pay: union',
      '  card: object',
      '    *by: constant "card"',
      '    *number: text',
      '  bank: object',
      '    *by: constant "bank"',
      '    *iban: text',
    ]);
  });

  it('records, tuples, intersections', () => {
    const schema = z.object({
      prices: z.record(z.string(), z.number()),
      stock: z.record(z.enum(['AT', 'DE']), z.number()),
      point: z.tuple([z.number(), z.string()]),
      both: z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })),
      free: z.looseObject({}),
    });
    assert.deepEqual(lines(schemaOf(schema)), [
      'object',
      '*prices: object',
      '  [name]: number',
      '*stock: object',
      '  *AT: number',
      '  *DE: number',
      '*point: list',
      '  0: number',
      '  1: text',
      '*both: object',
      '  *a: text',
      '  *b: number',
      '*free: object',
      '  [name]: json',
    ]);
  });

  it('what contains itself is built as far as it is looked at', () => {
    const node = z.object({
      name: z.string(),
      get children() {
        return z.array(node);
      },
    });
    assert.deepEqual(lines(schemaOf(node), 3), [
      'object',
      '*name: text',
      '*children: list',
      '  [item]: object',
      '    *name: text',
      '    *children: list',
      '      [item]: …',
    ]);
  });

  it('schemas written by hand: no type, several types, enum of mixed values', () => {
    assert.deepEqual(lines({ properties: { a: {} } }), ['object', 'a: json']);
    assert.deepEqual(lines({ type: ['string', 'null'], default: 'x' }), [
      'union = "x"',
      'Text: text',
      'null: constant null',
    ]);
    assert.deepEqual(lines({ enum: [1, 'one', null, { a: 1 }] }), ['1|one|null|{"a":1}']);
    assert.deepEqual(lines({ oneOf: [{ const: 'a', title: 'First' }, { const: 'b' }] }), ['a|b']);
    assert.deepEqual(lines({ anyOf: [{ type: 'string' }], minLength: 3 }), ['text']);
    assert.deepEqual(lines({ type: 'object', required: ['x'] }), ['object', '*x: json']);
    assert.deepEqual(lines(undefined), ['json']);
    assert.deepEqual(lines({}), ['json']);
    assert.deepEqual(lines(true), ['json']);
  });

  it('says what a number or text wants', () => {
    assert.equal(hintOf(fieldOf(schemaOf(z.int().min(1).max(9)))), 'Whole number, 1 to 9');
    assert.equal(hintOf(fieldOf(schemaOf(z.int()))), 'Whole number');
    assert.equal(hintOf(fieldOf(schemaOf(z.number().positive()))), 'more than 0');
    assert.equal(hintOf(fieldOf(schemaOf(z.string().min(2)))), 'at least 2 characters');
  });
});

describe('schemas that want to break the form', () => {
  it('end where they contain only themselves', () => {
    assert.deepEqual(lines({ $ref: '#' }), ['json']);
    assert.deepEqual(lines({ allOf: [{ $ref: '#' }, { $ref: '#' }] }), ['json']);
    assert.deepEqual(lines({ anyOf: [{ $ref: '#' }] }), ['json']);
    assert.deepEqual(
      lines({
        $ref: '#/definitions/a',
        definitions: { a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } },
      }),
      ['json'],
    );
  });

  it('that require themselves become JSON at a depth', () => {
    const root: Json = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };
    let field = fieldOf(root);
    let depth = 0;
    while (field.kind === 'object') {
      const [next] = field.properties;
      assert.ok(next !== undefined);
      field = next.field();
      depth += 1;
    }
    assert.equal(field.kind, 'json');
    assert.ok(depth > 5 && depth < 20, String(depth));
  });

  it('contradict themselves, or are of another kind than they should be', () => {
    assert.deepEqual(lines({ allOf: [{ type: 'string' }, { type: 'number' }] }), ['json']);
    assert.deepEqual(lines({ properties: { never: false } }), ['object', 'never: json']);
    const oddities: readonly Json[] = [
      null,
      3,
      'x',
      [],
      { type: 7 },
      { enum: 'a' },
      { properties: [] },
      { type: [] },
      { anyOf: [] },
    ];
    for (const odd of oddities) {
      assert.equal(fieldOf(odd).kind, 'json', JSON.stringify(odd));
    }
    assert.equal(fieldOf({ type: 'object', properties: 3, required: 'a' }).kind, 'json');
    assert.equal(fieldOf({ type: 'string', pattern: '(' }).kind, 'text');
    assert.deepEqual(checkValue(fieldOf({ type: 'string', pattern: '(' }), 'x'), []);
  });

  it('have properties with names of objects themselves', () => {
    const schema: unknown = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"number"}}}',
    );
    assert.deepEqual(lines(toJson(schema)), ['object', '__proto__: text', 'constructor: number']);
    assert.deepEqual(checkValue(fieldOf(toJson(schema)), {}), []);
  });

  it('have 2,000 choices, or five levels of objects', () => {
    const field = fieldOf({ enum: Array.from({ length: 2000 }, (_, index) => `country-${index}`) });
    assert.ok(field.kind === 'choice' && field.choices.length === 2000);
    assert.deepEqual(checkValue(field, 'country-1999'), []);
    const deep = ['a', 'b', 'c', 'd', 'e'].reduceRight<Json>(
      (inner, name) => ({ type: 'object', properties: { [name]: inner }, required: [name] }),
      { type: 'integer' },
    );
    assert.deepEqual(checkValue(fieldOf(deep), { a: { b: { c: { d: { e: 1.5 } } } } }), [
      { path: ['a', 'b', 'c', 'd', 'e'], message: 'Give a whole number.' },
    ]);
  });
});

describe('checking a value by its schema', () => {
  const issues = (schema: z.ZodType, value: Json | undefined): readonly string[] =>
    checkValue(fieldOf(schemaOf(schema)), value).map(({ path, message }) => `${path.join('.')}: ${message}`);

  it('names each field that is missing or wrong', () => {
    const schema = z.object({
      orderId: z.string().min(3),
      email: z.email(),
      copies: z.int().min(1).max(5).default(1),
      lines: z.array(z.object({ sku: z.string(), price: z.number().multipleOf(0.1) })).min(1),
    });
    assert.deepEqual(issues(schema, { orderId: 'ab', copies: 9, lines: [{ price: 0.3 }, { sku: 'x', price: 0.25 }] }), [
      'orderId: At least 3 characters.',
      'email: Required.',
      'copies: Must be 5 or less.',
      'lines.0.sku: Required.',
      'lines.1.price: Must be a multiple of 0.1.',
    ]);
    assert.deepEqual(issues(schema, { orderId: 'abc', email: 'a@b.at', lines: [] }), ['lines: At least 1 item.']);
    assert.deepEqual(issues(schema, undefined), [': Required.']);
  });

  it('dates: those of the calendar only', () => {
    assert.deepEqual(issues(z.iso.date(), '2024-02-29'), []);
    assert.equal(issues(z.iso.date(), '2025-02-29').length, 1);
    assert.deepEqual(issues(z.iso.datetime(), '2026-01-31T12:00:00Z'), []);
    assert.equal(issues(z.iso.datetime(), '2026-01-31 12:00').length, 1);
  });

  it('a union: nothing when a variant fits, else what the likeliest says', () => {
    const schema = z.discriminatedUnion('by', [
      z.object({ by: z.literal('card'), number: z.string() }),
      z.object({ by: z.literal('bank'), iban: z.string() }),
    ]);
    assert.deepEqual(issues(schema, { by: 'bank', iban: 'AT1' }), []);
    assert.deepEqual(issues(schema, { by: 'bank' }), ['iban: Required.']);
    const field = fieldOf(schemaOf(schema));
    assert.ok(field.kind === 'union');
    assert.equal(variantOf(field, { by: 'bank' }), 1);
    assert.equal(variantOf(field, undefined), 0);
  });

  it('records: each value, and the names', () => {
    const schema = z.record(z.string().regex(/^[a-z]+$/), z.number());
    assert.deepEqual(issues(schema, { abc: 1 }), []);
    assert.deepEqual(issues(schema, { abc: 'x' }), ['abc: Give a number.']);
    assert.deepEqual(issues(schema, { A1: 1 }), [': The name A1 must match ^[a-z]+$']);
  });
});

function properties(schema: Json): readonly { readonly name: string; readonly field: FieldSource }[] {
  const field = fieldOf(schema);
  return field.kind === 'object' ? field.properties : [];
}
