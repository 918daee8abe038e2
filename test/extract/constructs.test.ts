/** Each construct, first, in the middle, last and nested, with what is read of it. */
import assert from 'node:assert/strict';
import { flow, head, startSuite, type ExtractSuite } from './project.ts';

interface Case {
  readonly title: string;
  readonly chain: string;
  readonly before?: string;
  readonly expect: string;
}

const cases: readonly Case[] = [
  {
    title: 'then: steps in order',
    chain: '.then(add).then(say).then(measure)',
    expect: 'add: step add\nsay: step say\nmeasure: step measure',
  },
  {
    title: 'then: a step whose input does not arrive, first, in the middle and last',
    chain: '.then(measure).then(add).then(measure).then(say)',
    expect: `measure: step measure [misses text: string]
add: step add
measure-2: step measure [misses text: string]
say: step say
end [misses n: number]`,
  },
  {
    title: 'then: inline, literal, wrapped and conditional steps',
    chain: `.then(createStep({ id: 'inline', inputSchema: count, outputSchema: count, execute: async () => ({ n: 1 }) }))
      .then({ id: 'literal', inputSchema: count, outputSchema: words, execute: async () => ({ text: '' }) } as any)
      .then((measure)!)
      .then(Math.random() > 0.5 ? add : say)
      .then(add satisfies unknown)`,
    expect: `inline: step inline
literal: step literal
measure: step measure
opaque: opaque (which step it is depends on a condition) [unknown: which step it is depends on a condition]
add: step add [unknown: which step it is depends on a condition]`,
  },
  {
    title: 'then: a step that can suspend, by schema and by call',
    before: `
const bySchema = createStep({ id: 'by-schema', inputSchema: count, outputSchema: count, resumeSchema: count, execute: async () => ({ n: 1 }) });
const byCall = createStep({ id: 'by-call', inputSchema: count, outputSchema: count, async execute({ suspend }) { return suspend({}); } });
const byContext = createStep({ id: 'by-context', inputSchema: count, outputSchema: count, execute: async (context) => context.suspend({}) });`,
    chain: '.then(bySchema).then(byCall).then(byContext)',
    expect: 'by-schema: step by-schema suspends\nby-call: step by-call suspends\nby-context: step by-context suspends',
  },
  {
    title: 'map: a function, also after an untyped chain',
    chain: `.map(async ({ inputData }) => ({ text: String(inputData.n) })).then(measure)
      .map(() => ({ txt: 'a' })).then(measure)`,
    expect: `map: mapping by function -> { text: string }
measure: step measure -> { n: number }
map-2: mapping by function -> { txt: string }
measure-2: step measure -> { n: number } [misses text: string, has txt]`,
  },
  {
    title: 'map: a function with several results, of which some end the run',
    chain: `.map(async ({ inputData, bail }) => {
        if (inputData.n === 0) return bail({ n: 0 });
        if (inputData.n === 1) return { n: 1 };
        return { text: 'a' };
      }).then(add)`,
    expect: `map: mapping by function -> { n: number } | { text: string }
add: step add -> { n: number } [misses n: number]`,
  },
  {
    title: 'map: every kind of field',
    before: `const address = z.object({ city: z.object({ name: z.string() }).optional(), tags: z.array(z.string()) });
const locate = createStep({ id: 'locate', inputSchema: count, outputSchema: address, execute: async () => ({ tags: [] }) });
const start = createWorkflow({ id: 'start', inputSchema: z.object({ n: z.number(), unit: z.enum(['g', 'kg']).default('g') }), outputSchema: z.any() });`,
    chain: `.then(locate).map({
        whole: { step: locate, path: '.' },
        list: { step: locate, path: 'tags' },
        deep: { step: locate, path: 'city.name' },
        wrong: { step: locate, path: 'zip' },
        one: { step: [add], path: 'n' },
        several: { step: [add, say], path: 'n' },
        unit: { initData: start, path: 'unit' },
        fixed: { value: 3, schema: z.number() },
        asked: { requestContextPath: 'user', schema: z.string() },
        computed: { fn: async () => true, schema: z.boolean() },
        templated: { template: 'n is \${inputData.n}' },
      })`,
    expect: `locate: step locate -> { city?: { name: string }; tags: string[] }
map: mapping by object -> { whole: { city?: { name: string }; tags: string[] }; list: string[]; deep: unknown; wrong: unknown; one: number; several: unknown; unit: "g" | "kg"; fixed: 3; asked: string; computed: boolean; templated: string }
end [misses n: number]`,
  },
  {
    title: 'parallel: every step gets what arrives, the results are keyed by id',
    before: `const join = createStep({ id: 'join', inputSchema: z.object({ add: count, say: words, more: z.string() }), outputSchema: count, execute: async () => ({ n: 1 }) });`,
    chain: '.parallel([add, say, measure]).then(join)',
    expect: `parallel: parallel
  add: step add
  say: step say
  measure: step measure [misses text: string]
join: step join [misses more: string]`,
  },
  {
    title: 'parallel: lists through names and spreads; a computed list is opaque',
    before: `const both = [add, say] as const; const computed = [add].filter(Boolean);`,
    chain: `.parallel([...both, measure] as any).map(() => ({ n: 1 })).parallel(both).map(() => ({ n: 1 })).parallel(computed)`,
    expect: `parallel: parallel
  add: step add
  say: step say
  measure: step measure [misses text: string]
map: mapping by function
parallel-2: parallel
  add: step add
  say: step say
map-2: mapping by function
parallel-3: parallel
  opaque: opaque (the list is made while the program runs) [unknown: the list is made while the program runs]
end [misses n: number]`,
  },
  {
    title: 'branch: optional results, conditions without their head',
    before: `const join = createStep({ id: 'join', inputSchema: z.object({ add: count.optional(), say: words }), outputSchema: count, execute: async () => ({ n: 1 }) });`,
    chain: `.branch([
        [async ({ inputData }) => inputData.n > 1, add],
        [async ({ inputData }) => { return inputData.n === 1; }, say],
        [async ({ inputData: { n } }) => { const odd = n % 2 === 1; return odd; }, measure],
      ]).then(join)`,
    expect: `branch: conditional
  when inputData.n > 1
  add: step add
  when inputData.n === 1
  say: step say
  when { const odd = n % 2 === 1; return odd; }
  measure: step measure [misses text: string]
join: step join [say: { text: string } may be absent]`,
  },
  {
    title: 'foreach: elements in, a list out',
    before: `const list = createStep({ id: 'list', inputSchema: count, outputSchema: z.array(count), execute: async () => [] });`,
    chain: `.then(list).foreach(say, { concurrency: 5 }).foreach(add).foreach(add).map(() => ({ n: 1 })).foreach(add)`,
    expect: `list: step list -> { n: number }[]
foreach: foreach by 5 -> { text: string }[]
  say: step say -> { text: string }
foreach-2: foreach -> { n: number }[]
  add: step add -> { n: number } [misses n: number]
foreach-3: foreach -> { n: number }[]
  add: step add -> { n: number }
map: mapping by function -> { n: number }
foreach-4: foreach -> { n: number }[] [the value is { n: number }, not { n: number }[]]
  add: step add -> { n: number } [unknown: what arrives is no array]
end [the value is { n: number }[], not { n: number }]`,
  },
  {
    title: 'loops: what leaves the step arrives at it again',
    chain: `.dowhile(add, async ({ inputData }) => inputData.n < 3).dountil(say, async ({ iterationCount }) => iterationCount > 3)`,
    expect: `dowhile: dowhile inputData.n < 3
  add: step add
dountil: dountil iterationCount > 3 again [misses n: number]
  say: step say
end [misses n: number]`,
  },
  {
    title: 'sleep: passes on what arrives; ids name the entry',
    chain: `.sleep(1_000).sleep(async () => 5, { id: 'nap' }).sleepUntil(new Date(0)).then(measure)`,
    expect: `sleep: sleep 1000 -> { n: number }
nap: sleep async () => 5 -> { n: number }
sleepUntil: sleepUntil new Date(0) -> { n: number }
measure: step measure -> { n: number } [misses text: string]`,
  },
  {
    title: 'nested: a workflow takes its input and leaves its output, several levels deep and in every construct',
    before: `const inner = createWorkflow({ id: 'inner', inputSchema: words, outputSchema: count }).then(measure).commit();
const middle = createWorkflow({ id: 'middle', inputSchema: count, outputSchema: count }).then(say).then(inner).commit();`,
    chain: `.then(middle).parallel([middle, inner]).map(() => ({ n: 2 })).dowhile(middle, async () => false)`,
    expect: `middle: workflow middle is main.ts#middle
parallel: parallel
  middle: workflow middle is main.ts#middle
  inner: workflow inner is main.ts#inner [misses text: string]
map: mapping by function
dowhile: dowhile false
  middle: workflow middle is main.ts#middle`,
  },
  {
    title: 'agents: need a prompt, leave text or what their output schema says',
    before: `import { Agent } from '@mastra/core/agent';
const writer = new Agent({ id: 'writer', name: 'Writer', instructions: '', model: 'openai/gpt-5-mini' });
const nameless = new Agent({ name: 'by-name', instructions: '', model: 'openai/gpt-5-mini' } as any);`,
    chain: `.then(createStep(writer)).map(() => ({ prompt: '' })).then(createStep(nameless, { structuredOutput: { schema: count } } as any))
      .map(() => ({ prompt: '' })).agent(writer, undefined, { id: 'again' }).map(() => ({ prompt: '' })).agent('registered')`,
    expect: `writer: agent writer -> { text: string } [misses prompt: string]
map: mapping by function -> { prompt: string }
by-name: agent by-name -> { n: number }
map-2: mapping by function -> { prompt: string }
again: agent again -> { text: string }
map-3: mapping by function -> { prompt: string }
registered: agent registered -> { text: string }
end [misses n: number]`,
  },
  {
    title: 'tools: need and leave what their schemas say',
    before: `import { createTool } from '@mastra/core/tools';
const lookup = createTool({ id: 'lookup', description: '', inputSchema: words, outputSchema: words, execute: async () => ({ text: '' }) });`,
    chain: `.then(createStep(lookup)).tool(lookup).tool('registered').tool(lookup, {}, { id: 'again' })`,
    expect: `lookup: tool lookup -> { text: string } [misses text: string]
lookup-2: tool lookup -> { text: string }
registered: tool registered [unknown: it is looked up by the id 'registered']
again: tool again -> { text: string } [unknown: it is looked up by the id 'registered']
end [misses n: number]`,
  },
  {
    title: 'cloned steps keep their schemas under their own id',
    before: `import { cloneStep } from '@mastra/core/workflows';
const again = cloneStep(measure, { id: 'again' });`,
    chain: `.then(again).then(cloneStep(say, { id: 'inline' }))`,
    expect: `again: step again [misses text: string]
inline: step inline
end [misses n: number]`,
  },
];

describe('constructs', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  for (const { title, chain, before: setup, expect } of cases) {
    it(title, async () => {
      const source = `${head}${setup ?? ''}\nexport const main = ${flow}\n  ${chain}\n  .commit();\n`;
      const extracted = await suite.extract({ 'main.ts': source });
      const workflow = extracted.workflow('main');
      const text = extracted.text({ data: expect.includes('->') });
      const own = text.slice(text.indexOf('workflow flow,'));
      const lines = own.split('\n').filter((line) => !/^ {2}(in|out) {1,2}/.test(line));
      assert.equal(lines[0], 'workflow flow, name main, export main, committed');
      assert.equal(
        lines
          .slice(1)
          .map((line) => line.slice(2))
          .join('\n'),
        expect,
      );
      assert.equal(workflow.incomplete, undefined);
    });
  }
});
