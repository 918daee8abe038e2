import assert from 'node:assert/strict';
import { searchForMastra } from '../../client/src/search.ts';

/** Searches a workspace that consists of these texts by path; the result is what was found and what was read. */
async function search(texts: Readonly<Record<string, string>>, hasFolder = true) {
  const files = Object.keys(texts).map((path) => ({ path }));
  const readFiles: string[] = [];
  const result = await searchForMastra({
    hasFolder,
    manifests: () => Promise.resolve(files.filter(({ path }) => path.endsWith('/package.json'))),
    sources: (manifest) => {
      const folder = manifest.path.slice(0, -'package.json'.length);
      return Promise.resolve(files.filter(({ path }) => path.startsWith(folder) && path.endsWith('.ts')));
    },
    read(file) {
      readFiles.push(file.path);
      return Promise.resolve(texts[file.path]);
    },
  });
  return { result, readFiles };
}

const mastra = JSON.stringify({ dependencies: { '@mastra/core': '1.0.0' } });
const plain = JSON.stringify({ dependencies: { express: '5.0.0' } });
const imports = `import { createWorkflow } from '@mastra/core/workflows';`;

describe('search for Mastra', () => {
  it('needs a folder', async () => {
    assert.deepEqual(await search({}, false), { result: { kind: 'no-folder' }, readFiles: [] });
  });

  it('reads no source where no manifest names Mastra', async () => {
    const { result, readFiles } = await search({ '/w/package.json': plain, '/w/a.ts': imports });
    assert.equal(result.kind, 'absent');
    assert.deepEqual(readFiles, ['/w/package.json']);
  });

  it('finds the file that imports it, in any package of the workspace', async () => {
    const { result } = await search({
      '/w/package.json': plain,
      '/w/a.ts': 'export {};',
      '/w/packages/flows/package.json': mastra,
      '/w/packages/flows/src/b.ts': imports,
    });
    assert.equal(result.kind === 'found' && result.file.path, '/w/packages/flows/src/b.ts');
  });

  it('tells a dependency that nothing imports from none at all', async () => {
    const { result } = await search({ '/w/package.json': mastra, '/w/a.ts': 'export {};' });
    assert.equal(result.kind === 'unused' && result.manifest.path, '/w/package.json');
  });

  it('looks into the usual folder first and stops there', async () => {
    const others = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`/w/src/${index}.ts`, 'export {};']));
    const { result, readFiles } = await search({
      '/w/package.json': mastra,
      ...others,
      '/w/src/mastra/index.ts': imports,
    });
    assert.equal(result.kind === 'found' && result.file.path, '/w/src/mastra/index.ts');
    assert.ok(readFiles.length < 20, `${readFiles.length} files were read`);
  });

  it('leaves out what cannot be read', async () => {
    const { result } = await searchWithUnreadable();
    assert.equal(result.kind, 'found');
  });
});

/** The first source of the project cannot be read. */
function searchWithUnreadable() {
  const files = ['/w/package.json', '/w/locked.ts', '/w/open.ts'].map((path) => ({ path }));
  const texts: Readonly<Record<string, string | undefined>> = { '/w/package.json': mastra, '/w/open.ts': imports };
  return searchForMastra({
    hasFolder: true,
    manifests: () => Promise.resolve(files.slice(0, 1)),
    sources: () => Promise.resolve(files.slice(1)),
    read: (file) => Promise.resolve(texts[file.path]),
  }).then((result) => ({ result }));
}
