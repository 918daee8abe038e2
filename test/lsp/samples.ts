/** Sources of small Mastra projects, and the projects themselves with the real packages of this repository linked in. */
import { makeProject, type TestProject } from '../engine/project.ts';

const imports = `import { createStep, createWorkflow } from '@mastra/core/workflows';\nimport { z } from 'zod';\n`;

/** Two steps in a row, registered below; `parse` hands `count` on, `report` takes what `needs` says. */
export function twoSteps(needs = 'count: z.number()', end = '.commit()'): string {
  return `${imports}
const parse = createStep({
  id: 'parse',
  inputSchema: z.object({ text: z.string() }),
  outputSchema: z.object({ count: z.number() }),
  execute: async ({ inputData }) => ({ count: inputData.text.length }),
});

const report = createStep({
  id: 'report',
  inputSchema: z.object({ ${needs} }),
  outputSchema: z.object({ line: z.string() }),
  execute: async () => ({ line: 'done' }),
});

export const counting = createWorkflow({
  id: 'counting',
  inputSchema: z.object({ text: z.string() }),
  outputSchema: z.object({ line: z.string() }),
})
  .then(parse)
  .then(report)
  ${end};
`;
}

/** Runs the workflow of `counting.ts` without registering it. */
export const runs = `import { counting } from './counting';

const run = await counting.createRun();
export const result = await run.start({ inputData: { text: 'a' } });
`;

export const tsconfig = JSON.stringify({
  compilerOptions: {
    strict: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2022',
    types: [],
    noEmit: true,
  },
});

export function mastraProject(
  files: Readonly<Record<string, string>>,
  { installed = true, name = 'lsp' }: { readonly installed?: boolean; readonly name?: string } = {},
): TestProject {
  const project = makeProject(
    { 'package.json': '{ "name": "sample", "type": "module" }', 'tsconfig.json': tsconfig, ...files },
    name,
  );
  if (installed) project.install('@mastra/core', 'zod');
  return project;
}
