/** What is registered in Mastra, and where it is looked up: the facts behind rules about names. */
import assert from 'node:assert/strict';
import type { FileModel } from '../../server/src/extract/file.ts';
import { startSuite, type ExtractSuite } from './project.ts';

const imports = `
import { Mastra } from '@mastra/core/mastra';
import { Agent } from '@mastra/core/agent';
import { createTool } from '@mastra/core/tools';
`;
const agent = (id: string, more = '') =>
  `new Agent({ id: '${id}', name: '${id}', instructions: '', model: 'openai/gpt-5-mini', ${more} })`;

describe('registrations', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  it('lists keys and ids, the tools of agents among the tools', async () => {
    const { models } = await suite.extract({
      'index.ts': `${imports}
const rate = createTool({ id: 'rate-tool', description: '', execute: async () => ({}) });
const more = { second: ${agent('two')} };
export const mastra = new Mastra({ agents: { first: ${agent('one', 'tools: { rate }')}, ...more }, workflows: {} });`,
    });
    assert.deepEqual(groups(models), [
      'agents: first=one second=two',
      'tools: rate-tool=rate-tool',
      'vectors:',
      'workflows:',
    ]);
  });

  it('says where there may be more', async () => {
    const { models } = await suite.extract({
      'index.ts': `${imports}
declare const config: ConstructorParameters<typeof Mastra>[0];
declare const build: () => Record<string, Agent>;
export const one = new Mastra(config);
export const two = new Mastra({ agents: build(), workflows: {} });
export const three = new Mastra({ agents: {}, ...config });`,
    });
    const all = ['agents', 'tools', 'vectors', 'workflows'].map((name) => `${name}: …`);
    assert.deepEqual(groups(models), [...all, 'agents: …', 'tools: …', 'vectors:', 'workflows:', ...all]);
  });

  it('tells whom a lookup asks', async () => {
    const { models } = await suite.extract({
      'index.ts': `${imports}
export const mastra = new Mastra({});
mastra.getAgent('named' as never);
export const handed = (given: Mastra) => given.getAgentById('handed');
export const member = (context: { mastra?: Mastra }) => context.mastra?.getWorkflow('member');
export const tool = createTool({ id: 't', description: '', execute: async (_, { mastra: own }) => {
  try { return own?.getTool('guarded'); } catch { return undefined; } } });
declare function find(): Mastra;
find().getVector('any');
declare const client: { getAgent(name: string): void };
client.getAgent('stranger');
mastra.addAgent(${agent('late')}, 'key');`,
    });
    const facts = models.flatMap((model) => model.facts);
    assert.deepEqual(
      facts.flatMap((fact) =>
        fact.kind === 'lookup'
          ? [
              `${fact.name} ${fact.by} ${typeof fact.instance === 'string' ? fact.instance : 'this one'}${fact.guarded ? ' guarded' : ''}`,
            ]
          : [],
      ),
      ['named key this one', 'handed id handed', 'member key any', 'guarded key handed guarded', 'any key any'],
    );
    assert.deepEqual(
      facts.flatMap((fact) => (fact.kind === 'registration-added' ? [fact.names] : [])),
      [{ key: 'key', id: 'late' }],
    );
  });
});

function groups(models: readonly FileModel[]): readonly string[] {
  return models
    .flatMap((model) => model.facts)
    .flatMap((fact) => (fact.kind === 'registry' ? [fact.groups] : []))
    .flatMap((all) =>
      Object.entries(all)
        .map(([name, { entries, complete }]) =>
          [`${name}:`, ...entries.map(({ key, id }) => `${key}=${id ?? '?'}`), ...(complete ? [] : ['…'])].join(' '),
        )
        .sort(),
    );
}
