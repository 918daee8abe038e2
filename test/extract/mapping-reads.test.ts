/** What the object form of `.map` reads, as the model has it: sources, keys with their places, and where they lead. */
import assert from 'node:assert/strict';
import type { MappingRead } from '../../common/model/mapping.ts';
import { flow, head, startSuite, type ExtractSuite } from './project.ts';

describe('reads of mappings', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  it('places every key, in paths and in templates of both kinds of quotes', async () => {
    const { workflow, source } = await suite.extract({
      'main.ts': `${head}
export const main = ${flow}.then(say).map({
  whole: { step: say, path: '.' },
  text: { step: say, path: 'text' },
  slip: { step: say, path: 'txt.deep' },
  behind: { step: say, path: 'text.length' },
  single: { template: 'n \${initData.n} and \${stepResults.say.txt}' },
  back: { template: \`\\\${inputData.text}
    \\\${state}\` },
  value: { value: 1, path: 'ignored', schema: z.number() },
}).commit();`,
    });
    const [, mapping] = workflow('main').entries;
    assert.ok(mapping?.type === 'mapping');
    const told = (mapping.reads ?? []).map((read) => {
      const keys = read.keys.map(({ range }) => source(read.file, range));
      return `${read.field}: ${sourceText(read)} [${keys.join(', ')}] ${outcomeText(read)}`;
    });
    assert.deepEqual(told, [
      'whole: step say [] found',
      'text: step say [text] found',
      'slip: step say [txt, deep] missing 0, has text',
      'behind: step say [text, length] no-object 1 string',
      'single: initData [n] found',
      'single: step say [txt] missing 0, has text',
      'back: inputData [text] found',
      'back: state [] unknown',
    ]);
  });
});

function sourceText({ source }: MappingRead): string {
  return source.kind === 'step' ? `step ${source.id.known ? source.id.value : '?'}` : source.kind;
}

function outcomeText({ outcome }: MappingRead): string {
  switch (outcome.kind) {
    case 'found':
    case 'unknown':
      return outcome.kind;
    case 'missing':
      return `missing ${String(outcome.index)}${outcome.similar === undefined ? '' : `, has ${outcome.similar}`}`;
    case 'no-object':
      return `no-object ${String(outcome.index)} ${outcome.type}`;
  }
}
