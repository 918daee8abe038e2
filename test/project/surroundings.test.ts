import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fact } from '../../common/model/facts/index.ts';
import { createSurroundings } from '../../server/src/project/surroundings.ts';
import { line, project } from '../rules/models.ts';

describe('what surrounds a project', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'surroundings-')));
    mkdirSync(path.join(folder, '.git'));
    mkdirSync(path.join(folder, 'src'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (file: string) => path.posix.join(folder, file);
  const importOf = (name: string): Fact => ({
    kind: 'package-import',
    file: at('src/a.ts'),
    range: line(0),
    package: name,
    specifier: name,
  });
  const model = (): Fact => ({
    kind: 'agent-model',
    file: at('src/a.ts'),
    range: line(1),
    model: 'openai/gpt-4o',
    certain: true,
    hasKey: false,
  });
  const withFacts = (...facts: readonly Fact[]) => ({ ...project([]), facts });

  function install(place: string, version: string): void {
    mkdirSync(at(place), { recursive: true });
    writeFileSync(at(`${place}/package.json`), JSON.stringify({ version }));
  }

  it('is nothing where nothing asks for it', async () => {
    assert.deepEqual(await createSurroundings([]).read(withFacts()), { packages: new Map() });
  });

  it('has what npx runs, where that is installed', async () => {
    install('node_modules/tsx', '4.20.5');
    const runs = (name: string): Fact => ({
      kind: 'mcp-connection',
      file: at('src/a.ts'),
      range: line(2),
      name,
      command: { range: line(2), text: 'npx', args: [name, 'server.ts'], withYes: undefined },
      url: undefined,
    });
    const facts = withFacts(importOf('@mastra/mcp'), runs('tsx'), runs('absent'), runs('-y'));
    const { packages } = await createSurroundings([]).read(facts);
    assert.deepEqual(packages?.get(at('src')), new Map([['tsx', { version: '4.20.5', core: undefined }]]));
  });

  it('has the core that each package finds, nested or linked', async () => {
    install('node_modules/@mastra/core', '1.71.0');
    install('node_modules/@mastra/mcp', '2.0.0');
    install('node_modules/@mastra/memory', '0.15.8');
    install('node_modules/@mastra/memory/node_modules/@mastra/core', '0.22.2');
    install('node_modules/.pnpm/rag/node_modules/@mastra/rag', '1.0.0');
    install('node_modules/.pnpm/rag/node_modules/@mastra/core', '1.2.0');
    symlinkSync(at('node_modules/.pnpm/rag/node_modules/@mastra/rag'), at('node_modules/@mastra/rag'), 'junction');
    const names = ['@mastra/mcp', '@mastra/memory', '@mastra/rag', '@mastra/absent'];
    const { packages } = await createSurroundings([]).read(withFacts(...names.map(importOf)));
    assert.deepEqual(
      packages?.get(at('src')),
      new Map([
        ['@mastra/core', { version: '1.71.0', core: undefined }],
        ['@mastra/mcp', { version: '2.0.0', core: '1.71.0' }],
        ['@mastra/memory', { version: '0.15.8', core: '0.22.2' }],
        ['@mastra/rag', { version: '1.0.0', core: '1.2.0' }],
      ]),
    );
  });

  it('is read again after it was forgotten', async () => {
    install('node_modules/@mastra/core', '1.70.0');
    mkdirSync(at('node_modules/@mastra/core/dist'));
    writeFileSync(
      at('node_modules/@mastra/core/dist/provider-registry.json'),
      JSON.stringify({ providers: { openai: { models: ['gpt-4o'] } } }),
    );
    const surroundings = createSurroundings(['HOME']);
    const read = () => surroundings.read(withFacts(model(), importOf('@mastra/core')));
    const first = await read();
    assert.deepEqual(first.environment?.get(at('src/a.ts')), { files: [], names: ['HOME'] });
    assert.equal(first.models?.providers.size, 1);

    writeFileSync(at('.env'), 'OPENAI_API_KEY=\n');
    install('node_modules/@mastra/core', '1.71.0');
    surroundings.forget();
    const second = await read();
    assert.deepEqual(second.environment?.get(at('src/a.ts')), {
      files: [at('.env')],
      names: ['HOME', 'OPENAI_API_KEY'],
    });
    assert.equal(second.packages?.get(at('src'))?.get('@mastra/core')?.version, '1.71.0');
  });
});
