import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ModelRegistry } from '../../common/model/models.ts';
import { createModelRegistryReader, modelInfo, nearestModels, readRegistry } from '../../server/src/project/models.ts';

const root = path.resolve(import.meta.dirname, '../..');

const listed = {
  providers: {
    openai: {
      name: 'OpenAI',
      models: ['gpt-4o', 'gpt-4o-mini', 'gpt-4'],
      deprecatedModels: ['gpt-4'],
      apiKeyEnvVar: 'OPENAI_API_KEY',
      gateway: 'models.dev',
      docUrl: 'https://example.com/models',
    },
    google: {
      name: 'Google',
      models: ['gemini-3-flash'],
      apiKeyEnvVar: ['GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
      gateway: 'models.dev',
    },
    anthropic: { name: 'Anthropic', models: ['claude-sonnet-4-5'], apiKeyEnvVar: 'ANTHROPIC_API_KEY' },
    openrouter: { name: 'OpenRouter', models: ['openai/gpt-4o', 'meta/llama-4'], gateway: 'models.dev' },
    netlify: { models: ['openai/gpt-4o'], apiKeyEnvVar: ['NETLIFY_TOKEN', 'NETLIFY_SITE_ID'], gateway: 'netlify' },
  },
};

function registry(): ModelRegistry {
  const read = readRegistry(listed, '1.71.0');
  assert.ok(read);
  return read;
}

describe('registry of models', () => {
  it('is read with names, keys and deprecations', () => {
    const { version, providers } = registry();
    assert.equal(version, '1.71.0');
    assert.deepEqual(providers.get('openai'), {
      id: 'openai',
      name: 'OpenAI',
      models: ['gpt-4o', 'gpt-4o-mini', 'gpt-4'],
      deprecated: ['gpt-4'],
      variables: ['OPENAI_API_KEY'],
      documentation: 'https://example.com/models',
    });
    assert.deepEqual(providers.get('google')?.variables, ['GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY']);
    // Two variables that are needed together are not two names for one key.
    assert.deepEqual(providers.get('netlify')?.variables, []);
    assert.equal(providers.get('netlify')?.name, 'netlify');
  });

  it('is not there for a file of another shape', () => {
    for (const value of [undefined, null, [], {}, { providers: [] }, { providers: {} }, { providers: { openai: 1 } }]) {
      assert.equal(readRegistry(value, '1.71.0'), undefined, JSON.stringify(value));
    }
  });

  it('of the installed Mastra holds the models of this day', async () => {
    const read = createModelRegistryReader();
    const installed = await read(path.join(root, 'server/src'));
    assert.ok(installed);
    assert.ok(installed.providers.size > 100);
    assert.equal(modelInfo(installed, 'openai/gpt-4o').kind, 'known');
    assert.equal(await read(path.join(root, 'test')), installed);
  });

  describe('on disk', () => {
    let folder: string;
    beforeEach(() => {
      folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'models-')));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    function install(text: string, second: number): void {
      const core = path.join(folder, 'node_modules/@mastra/core');
      mkdirSync(path.join(core, 'dist'), { recursive: true });
      writeFileSync(path.join(core, 'package.json'), '{ "version": "1.0.0" }');
      const file = path.join(core, 'dist/provider-registry.json');
      writeFileSync(file, text);
      utimesSync(file, second, second);
    }

    it('is read again when it changed', async () => {
      const read = createModelRegistryReader();
      const below = path.join(folder, 'src/agents');
      assert.equal(await read(below), undefined);
      install('{ "prov', 1);
      assert.equal(await read(below), undefined);
      install(JSON.stringify(listed), 2);
      const first = await read(below);
      assert.equal(first?.providers.size, 5);
      assert.equal(await read(below), first);
      install(JSON.stringify({ providers: { openai: listed.providers.openai } }), 3);
      assert.equal((await read(below))?.providers.size, 1);
    });
  });
});

describe('a model string', () => {
  const kindOf = (name: string) => modelInfo(registry(), name).kind;

  it('is a provider and a model of it', () => {
    const info = modelInfo(registry(), 'openai/gpt-4o');
    assert.ok(info.kind === 'known');
    assert.equal(info.provider.name, 'OpenAI');
    assert.equal(info.isDeprecated, false);
    const old = modelInfo(registry(), 'openai/gpt-4');
    assert.ok(old.kind === 'known' && old.isDeprecated);
  });

  it('may have slashes and variants in the name of the model', () => {
    assert.equal(kindOf('openrouter/meta/llama-4'), 'known');
    assert.equal(kindOf('openrouter/meta/llama-4:free'), 'known');
    assert.equal(kindOf('netlify/openai/gpt-4o'), 'known');
    assert.equal(kindOf('openai/gpt-4o:free'), 'unknown-model');
  });

  it('may go to a gateway that takes any model', () => {
    assert.equal(kindOf('mastra/openai/gpt-99'), 'gateway');
    assert.equal(kindOf('azure-openai/our-deployment'), 'gateway');
  });

  it('may be unknown in parts, or as a whole', () => {
    assert.equal(kindOf('openai/gpt-99'), 'unknown-model');
    assert.equal(kindOf('acme/gpt-4o'), 'unknown-provider');
    for (const name of ['gpt-4o', '', '/', 'openai/', '/gpt-4o']) assert.equal(kindOf(name), 'malformed', name);
  });
});

describe('the nearest models', () => {
  const nearest = (name: string, limit?: number) => nearestModels(registry(), name, limit);

  it('to a name without a provider are those of who makes them', () => {
    assert.deepEqual(nearest('gpt-4o'), ['openai/gpt-4o']);
    assert.deepEqual(nearest('openai:gpt-4o'), ['openai/gpt-4o']);
    assert.deepEqual(nearest('claude-sonnet-4.5'), ['anthropic/claude-sonnet-4-5']);
    assert.deepEqual(nearest('qwerty'), []);
  });

  it('keep a model that was deprecated only when it was written so', () => {
    assert.deepEqual(nearest('gpt-4'), ['openai/gpt-4']);
    assert.ok(!nearest('openai/gpt-44').includes('openai/gpt-4'));
  });

  it('to a slip are close, the closest first', () => {
    assert.deepEqual(nearest('openai/gpt-4o-mni', 1), ['openai/gpt-4o-mini']);
    assert.deepEqual(nearest('opnai/gpt-4o'), ['openai/gpt-4o']);
    assert.deepEqual(nearest('acme/gpt-4o'), []);
    assert.deepEqual(nearest('openai/sora'), []);
  });

  it('to a model that is known are none', () => {
    assert.deepEqual(nearest('openai/gpt-4o'), []);
    assert.deepEqual(nearest('mastra/openai/gpt-99'), []);
  });
});
