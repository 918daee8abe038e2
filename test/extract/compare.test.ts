/** What arrives against what is needed: what fits, what differs and where, and what must stay unsaid. */
import assert from 'node:assert/strict';
import { checkText } from './render.ts';
import { startSuite, type ExtractSuite } from './project.ts';

interface Case {
  readonly title: string;
  /** Schema of what leaves one step. */
  readonly from: string;
  /** Schema of what the next step accepts. */
  readonly to: string;
  readonly expect: string;
  readonly before?: string;
}

const cases: readonly Case[] = [
  { title: 'equal objects', from: 'z.object({ a: z.string() })', to: 'z.object({ a: z.string() })', expect: 'fits' },
  {
    title: 'further fields',
    from: 'z.object({ a: z.string(), b: z.number() })',
    to: 'z.object({ a: z.string() })',
    expect: 'fits',
  },
  {
    title: 'a default fills what is missing',
    from: 'z.object({ a: z.string() })',
    to: 'z.object({ a: z.string(), b: z.number().default(1) })',
    expect: 'fits',
  },
  {
    title: 'a catch forgives what is missing',
    from: 'z.object({ a: z.string() })',
    to: "z.object({ a: z.string(), c: z.string().catch('') })",
    expect: '[unknown: the schema catches values that do not fit]',
  },
  {
    title: 'zod 3 converts more than its types say',
    before: "import { z as three } from 'zod/v3';",
    from: 'z.object({ a: z.string() })',
    to: 'three.object({ a: three.coerce.number() })',
    expect: '[unknown: the schema may convert the value]',
  },
  {
    title: 'nothing arrives',
    from: 'z.object({})',
    to: 'z.object({ a: z.string() })',
    expect: '[misses a: string]',
  },
  {
    title: 'optional, nullish and undefined fields may be absent',
    from: 'z.object({})',
    to: 'z.object({ a: z.string().optional(), b: z.number().nullish(), c: z.union([z.string(), z.undefined()]) })',
    expect: 'fits',
  },
  {
    title: 'coercion accepts anything',
    from: 'z.object({ a: z.string() })',
    to: 'z.object({ a: z.coerce.number() })',
    expect: 'fits',
  },
  {
    title: 'the input side of a transform',
    from: 'z.object({ a: z.string() })',
    to: 'z.object({ a: z.string().transform(Number) })',
    expect: 'fits',
  },
  {
    title: 'the output side of a transform',
    from: 'z.object({ a: z.string().transform(Number) })',
    to: 'z.object({ a: z.string() })',
    expect: '[a is number, not string]',
  },
  {
    title: 'a missing field',
    from: 'z.object({ a: z.string() })',
    to: 'z.object({ b: z.number() })',
    expect: '[misses b: number]',
  },
  {
    title: 'a missing field with a similar name',
    from: 'z.object({ order_id: z.string(), total: z.number() })',
    to: 'z.object({ total: z.number(), orderId: z.string() })',
    expect: '[misses orderId: string, has order_id]',
  },
  {
    title: 'the first difference in the needed order',
    from: 'z.object({ c: z.string(), b: z.string() })',
    to: 'z.object({ a: z.string().optional(), b: z.number(), c: z.number() })',
    expect: '[b is string, not number]',
  },
  {
    title: 'a field that may be absent',
    from: 'z.object({ a: z.string().optional() })',
    to: 'z.object({ a: z.string() })',
    expect: '[a: string may be absent]',
  },
  {
    title: 'a field that may be null',
    from: 'z.object({ a: z.string().nullable() })',
    to: 'z.object({ a: z.string() })',
    expect: '[a is string | null, not string]',
  },
  {
    title: 'a nested field',
    from: 'z.object({ a: z.object({ b: z.object({ c: z.string() }) }) })',
    to: 'z.object({ a: z.object({ b: z.object({ c: z.string(), d: z.number() }) }) })',
    expect: '[misses a.b.d: number]',
  },
  {
    title: 'a field of elements',
    from: 'z.object({ list: z.array(z.object({ a: z.string() })) })',
    to: 'z.object({ list: z.array(z.object({ a: z.number() })) })',
    expect: '[list.[].a is string, not number]',
  },
  {
    title: 'dates are no strings',
    from: 'z.object({ at: z.date() })',
    to: 'z.object({ at: z.string() })',
    expect: '[at is Date, not string]',
  },
  {
    title: 'a value outside of an enum',
    from: 'z.object({ a: z.string() })',
    to: "z.object({ a: z.enum(['x', 'y']) })",
    expect: '[a is string, not "x" | "y"]',
  },
  {
    title: 'a member of a discriminated union',
    from: "z.object({ kind: z.literal('b'), n: z.number() })",
    to: "z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b'), n: z.number() })])",
    expect: 'fits',
  },
  {
    title: 'no member of a union',
    from: "z.object({ kind: z.literal('c') })",
    to: "z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })])",
    expect: '[the value is { kind: "c" }, not { kind: "a" } | { kind: "b" }]',
  },
  {
    title: 'a union of which one member does not fit',
    from: 'z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])',
    to: 'z.object({ a: z.string() })',
    expect: '[misses a: string]',
  },
  {
    title: 'a primitive for an object',
    from: 'z.string()',
    to: 'z.object({ a: z.string() })',
    expect: '[the value is string, not { a: string }]',
  },
  {
    title: 'an object for an array',
    from: 'z.object({ a: z.string() })',
    to: 'z.array(z.string())',
    expect: '[the value is { a: string }, not string[]]',
  },
  {
    title: 'a tuple of another length',
    from: 'z.tuple([z.string()])',
    to: 'z.tuple([z.string(), z.string()])',
    expect: '[the value is [string], not [string, string]]',
  },
  {
    title: 'a record may hold the field',
    from: 'z.record(z.string(), z.string())',
    to: 'z.object({ a: z.string() })',
    expect: "[unknown: what arrives is a record that may hold 'a']",
  },
  {
    title: 'any arrives',
    from: 'z.any()',
    to: 'z.object({ a: z.string() })',
    expect: '[unknown: the schema yields any value]',
  },
  { title: 'anything is accepted', from: 'z.object({ a: z.string() })', to: 'z.unknown()', expect: 'fits' },
  {
    title: 'a field of any type',
    from: 'z.object({ a: z.any(), b: z.unknown() })',
    to: 'z.object({ a: z.string(), b: z.string() })',
    expect: "[unknown: the type of 'a' is not known]",
  },
  {
    title: 'a field of unknown type beside one that is missing',
    from: 'z.object({ b: z.unknown() })',
    to: 'z.object({ b: z.string(), c: z.string() })',
    expect: '[misses c: string]',
  },
  {
    title: 'interfaces by their fields',
    before: 'interface Person { name: string; age?: number }\ninterface Named { name: string; age: number }',
    from: 'z.custom<Person>()',
    to: 'z.custom<Named>()',
    expect: '[age: number may be absent]',
  },
  {
    title: 'recursive types',
    before:
      'const tree = z.object({ value: z.string(), get children() { return z.array(tree); } });\nconst other = z.object({ value: z.number(), get children() { return z.array(other); } });',
    from: 'tree',
    to: 'other',
    expect: '[value is string, not number]',
  },
  {
    title: 'zod 3',
    before: "import { z as three } from 'zod/v3';",
    from: 'three.object({ a: three.string().default("x"), b: three.number().optional() })',
    to: 'three.object({ a: three.string(), c: three.number().default(1), b: three.number() })',
    expect: '[b: number may be absent]',
  },
  {
    title: 'a Standard Schema of another kind',
    before: `interface Other<I, O> { '~standard': { version: 1; vendor: 'other'; validate(value: unknown): { value: O }; types?: { input: I; output: O } } }
declare const given: Other<unknown, { a: string }>; declare const wanted: Other<{ a: string; b?: number; c: boolean }, unknown>;`,
    from: 'given',
    to: 'wanted',
    expect: '[misses c: boolean]',
  },
  {
    title: "another step's schema keeps its defaults",
    before:
      "const other = createStep({ id: 'other', inputSchema: z.object({ a: z.string().default('') }), outputSchema: z.object({ a: z.string() }), execute: async () => ({ a: '' }) });",
    from: 'z.object({})',
    to: 'other.inputSchema',
    expect: 'fits',
  },
  {
    title: 'a schema with a type that cannot be resolved',
    before: "import { missing } from './nowhere';",
    from: 'missing',
    to: 'z.object({ a: z.string() })',
    expect: '[unknown: the type of the schema cannot be resolved]',
  },
  {
    title: 'a schema that is no schema of known types',
    from: "{ type: 'object' } as const",
    to: 'z.object({ a: z.string() })',
    expect: '[unknown: the schema is of a kind whose data type cannot be read]',
  },
  {
    title: 'extended, picked and merged schemas',
    before: 'const base = z.object({ a: z.string(), b: z.number() });',
    from: 'base.pick({ a: true })',
    to: 'base.omit({ b: true }).extend({ c: z.string() })',
    expect: '[misses c: string]',
  },
];

describe('compatibility', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  for (const { title, from, to, expect, before: setup } of cases) {
    it(title, async () => {
      const { workflow } = await suite.extract({
        'main.ts': `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
${setup ?? ''}
const first = createStep({ id: 'first', inputSchema: z.object({}), outputSchema: ${from}, execute: async () => null as never });
const second = createStep({ id: 'second', inputSchema: ${to}, outputSchema: z.object({}), execute: async () => ({}) });
export const main = createWorkflow({ id: 'main', inputSchema: z.object({}), outputSchema: z.object({}) }).then(first).then(second).commit();`,
      });
      const [, second] = workflow('main').entries;
      assert.ok(second);
      assert.equal(checkText(second.check), expect);
    });
  }

  it('is lenient at the end of a chain: defaults of the output schema may be left out', async () => {
    const { workflows } = await suite.extract({
      'main.ts': `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
const step = createStep({ id: 'step', inputSchema: z.object({}), outputSchema: z.object({ a: z.string() }), execute: async () => ({ a: '' }) });
const input = z.object({});
export const fits = createWorkflow({ id: 'a', inputSchema: input, outputSchema: z.object({ a: z.string(), b: z.number().default(1) }) }).then(step).commit();
export const transforms = createWorkflow({ id: 'b', inputSchema: input, outputSchema: z.object({ a: z.string().transform(Number) }) }).then(step).commit();
export const differs = createWorkflow({ id: 'c', inputSchema: input, outputSchema: z.object({ b: z.number().default(1), c: z.string() }) }).then(step).commit();
export const any = createWorkflow({ id: 'd', inputSchema: input, outputSchema: z.any() }).then(step).commit();
export const empty = createWorkflow({ id: 'e', inputSchema: input, outputSchema: z.object({ a: z.string() }) }).commit();`,
    });
    assert.deepEqual(
      workflows.map((workflow) => checkText(workflow.end)),
      ['fits', 'fits', '[misses c: string]', 'fits', 'fits'],
    );
  });

  it('says nothing of types that depend on a type parameter', async () => {
    const { workflow } = await suite.extract({
      'main.ts': `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
export function make<T extends { a: string }>(schema: z.ZodType<T, T>) {
  const first = createStep({ id: 'first', inputSchema: z.object({}), outputSchema: z.object({ a: z.string(), b: z.number() }), execute: async () => null as never });
  const second = createStep({ id: 'second', inputSchema: z.object({ inner: schema }), outputSchema: schema, execute: async () => null as never });
  const third = createStep({ id: 'third', inputSchema: schema, outputSchema: z.object({}), execute: async () => ({}) });
  const main = createWorkflow({ id: 'main', inputSchema: z.object({ inner: z.object({ a: z.number() }) }), outputSchema: z.object({}) }).then(second).then(third).then(first).then(third).commit();
  return main;
}`,
    });
    assert.deepEqual(
      workflow('main').entries.map((entry) => checkText(entry.check)),
      [
        '[unknown: the type depends on a type parameter]',
        'fits',
        'fits',
        '[unknown: the type depends on a type parameter]',
      ],
    );
  });

  it('feeds the output side of the input schema to the first step', async () => {
    const { workflow } = await suite.extract({
      'main.ts': `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
const step = createStep({ id: 'step', inputSchema: z.object({ a: z.number() }), outputSchema: z.object({}), execute: async () => ({}) });
export const main = createWorkflow({ id: 'a', inputSchema: z.object({ a: z.string().transform(Number).default(1) }), outputSchema: z.object({}) }).then(step).commit();`,
    });
    const main = workflow('main');
    assert.deepEqual(
      main.entries.map((entry) => checkText(entry.check)),
      ['fits'],
    );
    assert.ok(main.input.known);
    assert.equal(main.input.value.text, '{ a?: string }');
  });
});
