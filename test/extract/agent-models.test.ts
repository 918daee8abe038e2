/** Models that are named by strings, and where other models than those of the registry may come from. */
import assert from 'node:assert/strict';
import type { Fact } from '../../common/model/facts/index.ts';
import type { ModelRegistry } from '../../common/model/models.ts';
import { modelUses } from '../../server/src/project/model-uses.ts';
import { deprecatedModel } from '../../server/src/rules/deprecated-model/rule.ts';
import { missingApiKey } from '../../server/src/rules/missing-api-key/rule.ts';
import { unknownModel } from '../../server/src/rules/unknown-model/rule.ts';
import { project } from '../rules/models.ts';
import { startSuite, type Extracted, type ExtractSuite } from './project.ts';

const imports = `
import { Agent } from '@mastra/core/agent';
import { Mastra } from '@mastra/core/mastra';
import { createScorer } from '@mastra/core/evals';
import { ModerationProcessor } from '@mastra/core/processors';
import { createTool } from '@mastra/core/tools';
`;

describe('models by name', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  const facts = ({ models }: Extracted): readonly Fact[] => models.flatMap((model) => model.facts);
  const named = (extracted: Extracted) =>
    facts(extracted).flatMap((fact) =>
      fact.kind === 'agent-model'
        ? [`${fact.model}${fact.certain ? '' : ' maybe'}${fact.hasKey ? ' with key' : ''}`]
        : [],
    );

  it('are those of agents, scorers and processors, written out or followed', async () => {
    const extracted = await suite.extract({
      'names.ts': `export const names = { good: 'openai/good' } as const;`,
      'agents.ts': `${imports}
import { names } from './names';
const base = { id: 'a', name: 'a', instructions: '' };
new Agent({ ...base, model: 'openai/plain' });
new Agent({ ...base, model: names.good });
new Agent({ ...base, model: process.env.MODEL ?? 'openai/default' });
new Agent({ ...base, model: () => { const inner = () => 'openai/inner'; if (inner()) return 'openai/one'; return 'openai/two'; } });
new Agent({ ...base, model: [{ model: 'openai/first' }, { model: { id: 'openai/second', apiKey: 'x' } }] });
new Agent({ ...base, model: { id: 'openai/own-address', url: 'http://localhost' } });
new Agent({ ...base, model: { ...base, id: 'openai/spread' } });
createScorer({ id: 's', description: '', judge: { model: 'openai/judge', instructions: '' } });
new ModerationProcessor({ model: 'openai/moderator' });
createTool({ id: 't', description: '', model: 'openai/tool' } as any);`,
    });
    assert.deepEqual(named(extracted).sort(), [
      'openai/default maybe',
      'openai/first',
      'openai/good',
      'openai/judge',
      'openai/moderator',
      'openai/one maybe',
      'openai/plain',
      'openai/second with key',
      'openai/two maybe',
    ]);
  });

  it('have the place of the text between the quotes', async () => {
    const extracted = await suite.extract({
      'agent.ts': `${imports}\nexport const agent = new Agent({ id: 'a', name: 'a', instructions: '', model: "openai/x" });`,
    });
    const [fact] = facts(extracted).filter(({ kind }) => kind === 'agent-model');
    assert.ok(fact);
    assert.equal(extracted.source(fact.file, fact.range), 'openai/x');
  });

  it('are not judged where a gateway of the project may serve them', async () => {
    const agents = `${imports}
export const known = new Agent({ id: 'a', name: 'a', instructions: '', model: 'openai/new' });
export const bare = new Agent({ id: 'b', name: 'b', instructions: '', model: 'bare' });`;
    const without = await suite.extract({ 'agents.ts': `${agents}\nnew Mastra({ agents: { known } });` });
    const withGateway = await suite.extract({
      'agents.ts': `${agents}\nnew Mastra({ agents: { known }, gateways: {} });`,
    });
    assert.deepEqual(severities(without), ['info', 'warning', 'hint']);
    // What names no provider is wrong for every gateway.
    assert.deepEqual(severities(withGateway), ['warning']);
  });

  function severities(extracted: Extracted): readonly string[] {
    const environment = new Map(extracted.models.map(({ file }) => [file, { files: ['/.env'], names: [] }]));
    const model = { ...project([]), facts: facts(extracted), models: registry, environment };
    assert.ok(modelUses(model));
    return [unknownModel, deprecatedModel, missingApiKey].flatMap((rule) =>
      [...rule.check(model)].map(({ severity }) => severity),
    );
  }
});

const registry: ModelRegistry = {
  version: '1.71.0',
  providers: new Map([
    [
      'openai',
      {
        id: 'openai',
        name: 'OpenAI',
        models: ['plain'],
        deprecated: [],
        variables: ['OPENAI_API_KEY'],
        documentation: undefined,
      },
    ],
  ]),
};
