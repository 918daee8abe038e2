import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { docsSummary, importedNameAt, pageOf, pageOfChainMethod } from '../../server/src/features/docs.ts';
import { createPackageDocsReader } from '../../server/src/project/package-docs.ts';

/** Inside of this repository, whose node_modules hold the real packages. */
const file = path.resolve(import.meta.dirname, 'example.ts').replaceAll(path.sep, '/');

describe('docs of the installed packages', () => {
  const reader = createPackageDocsReader();

  it('have a page for what workflows are made of', async () => {
    const docs = await reader.of(file, '@mastra/core');
    assert.ok(docs !== undefined && docs.pages.length > 100);
    const page = (name: string, area: string) => pageOf(docs.pages, name, area);
    assert.deepEqual(
      {
        createStep: page('createStep', 'workflows'),
        createWorkflow: page('createWorkflow', 'workflows'),
        Agent: page('Agent', 'agent'),
        createTool: page('createTool', 'tools'),
        Mastra: page('Mastra', ''),
        nothing: page('notInTheDocs', 'workflows'),
      },
      {
        createStep: 'reference-workflows-step',
        createWorkflow: 'reference-workflows-workflow',
        Agent: 'reference-agents-agent',
        createTool: 'reference-tools-create-tool',
        Mastra: 'reference-core-mastra-class',
        nothing: undefined,
      },
    );
    for (const method of ['then', 'parallel', 'branch', 'map', 'foreach', 'dountil', 'dowhile', 'sleepUntil']) {
      const found = pageOfChainMethod(docs.pages, method);
      assert.ok(found !== undefined, method);
      const summary = docsSummary((await reader.text(docs, found)) ?? '', 'file:///page.md');
      assert.match(summary ?? '', /^[^\n]{20,}\n\n\[Mastra documentation: [^\n]+\]\(file:\/\/\/page\.md\)$/, method);
    }
  });

  it('are not there for packages that are not installed', async () => {
    assert.equal(await reader.of(file, '@mastra/not-installed'), undefined);
  });

  it('are shown by their first paragraph, with a link to the whole page', () => {
    const text = [
      '> Trust the docs.',
      '',
      '# Step class',
      '',
      '**Added in:** `@mastra/core@1.0.0`',
      '',
      'A step is a unit of work.',
      'See [workflows](/docs/workflows) and [zod](https://zod.dev).',
      '',
      '## Usage',
    ].join('\n');
    assert.equal(
      docsSummary(text, 'file:///step.md'),
      'A step is a unit of work. See workflows and [zod](https://zod.dev).\n\n[Mastra documentation: Step class](file:///step.md)',
    );
    assert.equal(docsSummary('no title', 'file:///x.md'), undefined);
  });

  it('are asked for by the names that a file imports', () => {
    const text = [
      `import { createStep, createWorkflow as make } from '@mastra/core/workflows';`,
      `import type { Agent } from "@mastra/core/agent";`,
      `import { Mastra } from '@mastra/core';`,
      `const flow = make({ id: 'createStep', Mastra: 1 });`,
      `flow.createStep();`,
    ].join('\n');
    const at = (line: number, word: string) => {
      const character = (text.split('\n')[line] ?? '').indexOf(word) + 1;
      const found = importedNameAt(text, { line, character });
      return found === undefined ? undefined : `${found.packageName} ${found.area} ${found.name}`;
    };
    assert.equal(at(0, 'createStep'), '@mastra/core workflows createStep');
    assert.equal(at(3, 'make'), '@mastra/core workflows createWorkflow');
    assert.equal(at(1, 'Agent'), '@mastra/core agent Agent');
    assert.equal(at(2, 'Mastra'), '@mastra/core  Mastra');
    assert.equal(at(3, 'createStep'), undefined);
    assert.equal(at(3, 'Mastra'), undefined);
    assert.equal(at(4, 'createStep'), undefined);
    assert.equal(at(3, 'flow'), undefined);
  });

  it('are of the version that is installed', async () => {
    const docs = await reader.of(file, '@mastra/core');
    assert.ok(docs !== undefined);
    const manifest = readFileSync(path.join(docs.folder, '../../../package.json'), 'utf8');
    const skill = readFileSync(path.join(docs.folder, '../SKILL.md'), 'utf8');
    const version = /"version":\s*"([^"]+)"/.exec(manifest)?.[1];
    assert.ok(version !== undefined && skill.includes(`version: "${version}"`));
  });
});
