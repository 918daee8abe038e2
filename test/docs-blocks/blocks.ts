/**
 * The code blocks of Mastra's own documentation, as it ships with `@mastra/core`. Most of them leave out what a reader
 * knows: imports, the `mastra` that everything is registered with, the run that is under way. That is added here, below
 * the code, so that lines stay where they are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importsFor } from '../rules/pages/page.ts';

export interface DocsBlock {
  /** The page without its extension. */
  readonly page: string;
  /** Line of its fence in the page, from 1. */
  readonly line: number;
  readonly code: string;
}

/** Every TypeScript block of the pages about workflows in a folder of documentation. */
export function docsBlocks(folder: string): readonly DocsBlock[] {
  return readdirSync(folder)
    .filter((name) => /^docs-workflows-.*\.md$/.test(name))
    .sort()
    .flatMap((name) => blocksIn(path.basename(name, '.md'), readFileSync(path.join(folder, name), 'utf8')));
}

function blocksIn(page: string, text: string): readonly DocsBlock[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    // A block within a list is indented; so is its code.
    const indent = /^(\s*)```typescript\b/.exec(line)?.[1];
    if (indent === undefined) return [];
    const end = lines.findIndex((each, at) => at > index && each.trim() === '```');
    const code = lines.slice(index + 1, end).map((each) => each.slice(indent.length));
    return [{ page, line: index + 1, code: code.join('\n') }];
  });
}

/** The modules beside a block that blocks import, or that are meant without a word. */
export const neighbours: Readonly<Record<string, string>> = {
  'around.ts': `import type { Mastra } from '@mastra/core/mastra';
import type { AnyWorkflow, Run } from '@mastra/core/workflows';
export declare const anything: any;
export declare const mastra: Mastra;
export declare const workflow: AnyWorkflow;
export declare const testWorkflow: AnyWorkflow;
export declare const run: Run;
`,
  'src/mastra.ts': `export { mastra } from '../around';\n`,
  'mastra/mastra.ts': `export { mastra } from '../around';\n`,
  'mastra/workflows/index.ts': `export { workflow as approvalWorkflow } from '../../around';\n`,
  'mastra/workflows/test-workflow.ts': `import { createStep } from '@mastra/core/workflows';
import { anything } from '../../around';
export { testWorkflow } from '../../around';
export const step1 = createStep(anything);
`,
  'agents/test-agent.ts': `import { Agent } from '@mastra/core/agent';
export const testAgent = new Agent({ id: 'test-agent', name: 'Test', instructions: 'Test.', model: 'openai/gpt-5' });
`,
  'tools/test-tool.ts': `import { createTool } from '@mastra/core/tools';
import { z } from 'zod';
export const testTool = createTool({
  id: 'test-tool',
  description: 'Emphasizes a text.',
  inputSchema: z.object({ text: z.string() }),
  outputSchema: z.object({ emphasized: z.string() }),
  execute: async ({ text }) => ({ emphasized: text.toUpperCase() }),
});
`,
};

/** Where a block stands among its neighbours. */
export const blockFile = 'mastra/block.ts';

/**
 * A block with what it leaves out, and the names that the compiler still misses as values of any type. `{...}`, which stands
 * for any options, becomes that in TypeScript.
 */
export function completed({ code }: DocsBlock, missing: readonly string[]): string {
  const written = code.replaceAll('{...}', '{...anything}');
  const around = neighbours['around.ts']?.replaceAll('export declare', 'export') ?? '';
  const imports = importsFor(written, around).replace("'../steps'", "'../around'");
  const declared = missing.map((name) => `declare const ${name}: any;\n`).join('');
  return `${written}\n\n${imports}${declared}export {};\n`;
}
