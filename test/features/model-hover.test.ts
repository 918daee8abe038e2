import assert from 'node:assert/strict';
import { MarkupContent } from 'vscode-languageserver';
import type { EnvironmentNames, ModelProvider, ProjectModel } from '../../common/model/index.ts';
import { modelHoverAt } from '../../server/src/features/modelHover.ts';
import { sampleSuite } from './project.ts';

const agent = (name: string, model: string) =>
  `export const ${name} = new Agent({ id: '${name}', name: '${name}', instructions: 'openai/gpt-5', model: ${model} });`;

const source = `import { Agent } from '@mastra/core/agent';
${agent('known', "'openai/gpt-5'")}
${agent('deprecated', "'openai/gpt-4'")}
${agent('typo', "'openai/gpt-6'")}
${agent('keyless', "'ollama/qwen'")}
${agent('keyGiven', "{ id: 'google/gemini-3', apiKey: 'secret' }")}
${agent('newer', "'google/gemini-4'")}
${agent('through', "'mastra/openai/gpt-5'")}
${agent('foreign', "'acme/road-runner'")}
${agent('malformed', "'gpt-4o'")}
`;

const provider = (id: string, name: string, rest: Partial<ModelProvider>): ModelProvider => ({
  ...{ id, name, models: [], deprecated: [], variables: [], documentation: undefined },
  ...rest,
});

const providers = [
  provider('openai', 'OpenAI', {
    models: ['gpt-5', 'gpt-4'],
    deprecated: ['gpt-4'],
    variables: ['OPENAI_API_KEY'],
    documentation: 'https://openai.example/models',
  }),
  provider('google', 'Google', { models: ['gemini-3'], variables: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'] }),
  provider('ollama', 'Ollama', { models: ['qwen'] }),
];

describe('hover on a model', () => {
  const suite = sampleSuite({ 'a.ts': source });

  const nothing: EnvironmentNames = { files: [], names: [] };

  function project(environment = nothing): ProjectModel {
    return {
      ...suite.sample.project,
      models: { version: '1.71.0', providers: new Map(providers.map((each) => [each.id, each])) },
      environment: new Map([[suite.sample.file('a.ts'), environment]]),
    };
  }

  /** The paragraphs of the hover. */
  function hover(search: string, given = project()): readonly string[] | undefined {
    const contents = modelHoverAt(given, suite.sample.file('a.ts'), suite.sample.at('a.ts', search))?.contents;
    if (contents === undefined) return undefined;
    assert.ok(MarkupContent.is(contents));
    return contents.value.split('\n\n');
  }

  it('says of whom it is, that it is listed, which key it needs and where its provider describes it', () => {
    const found = hover(
      "model: 'openai/|gpt-5'",
      project({ files: ['/p/.env', '/p/.env.local'], names: ['OPENAI_API_KEY'] }),
    );
    assert.deepEqual(found, [
      '**model** `gpt-5` of OpenAI',
      'It is among the models that the installed Mastra (1.71.0) lists.',
      'Key: `OPENAI_API_KEY`. It is set, in `.env` or `.env.local` or the environment.',
      '[Models of OpenAI](https://openai.example/models)',
    ]);
  });

  it('says that the key is missing', () => {
    assert.equal(
      hover("model: 'openai/|gpt-5'", project({ files: ['/p/.env'], names: ['OTHER'] }))?.[2],
      'Key: `OPENAI_API_KEY`, which is neither in `.env` nor in the environment.',
    );
    assert.equal(
      hover("model: 'openai/|gpt-5'")?.[2],
      'Key: `OPENAI_API_KEY`, which is not set in the environment; there is no `.env` file.',
    );
  });

  it('names every variable that would do, and the one that is there', () => {
    assert.equal(
      hover("'google/|gemini-4'", project({ files: [], names: ['GEMINI_API_KEY'] }))?.[3],
      'Key: `GOOGLE_API_KEY` or `GEMINI_API_KEY`. `GEMINI_API_KEY` is set, in the environment.',
    );
  });

  it('says nothing of a key that is not needed, or given in the code', () => {
    assert.equal(hover("'ollama/|qwen'")?.length, 2);
    assert.deepEqual(hover("'google/|gemini-3'")?.slice(2), ['The code beside it gives the key.']);
  });

  it('says what is deprecated, and what is not listed', () => {
    assert.equal(
      hover("'openai/|gpt-4'")?.[1],
      'It is among the models that the installed Mastra (1.71.0) lists, and OpenAI has deprecated it.',
    );
    assert.deepEqual(hover("'openai/|gpt-6'")?.slice(1, 3), [
      'It is not among the models that the installed Mastra (1.71.0) lists.',
      'Near to it: `openai/gpt-5`.',
    ]);
    assert.deepEqual(hover("'acme/|road-runner'"), [
      '**model** `road-runner` of `acme`',
      '`acme` is not among the providers that the installed Mastra (1.71.0) lists.',
    ]);
  });

  it('says that a gateway decides', () => {
    assert.deepEqual(hover("'mastra/|openai/gpt-5'"), [
      '**model** `openai/gpt-5` through `mastra`',
      'What this gateway serves is not in the list that comes with Mastra.',
    ]);
  });

  it('is silent on other texts, on a name without a provider, and without a list', () => {
    assert.equal(hover("instructions: 'openai/|gpt-5'"), undefined);
    assert.equal(hover("'gpt-|4o'"), undefined);
    assert.equal(hover("model: 'openai/|gpt-5'", suite.sample.project), undefined);
  });
});
