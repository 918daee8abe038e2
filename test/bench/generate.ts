/** Makes Mastra projects of any size for measurements: the same seed gives the same files, and everything in them is valid. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fieldsOf, schemaOf, seededRandom, valueOf } from './schemas.ts';
import type { Field, Fields, Random } from './schemas.ts';

const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

export interface ProjectSize {
  /** Files with one workflow each. */
  readonly files: number;
  /** Steps in the chain of each workflow; every fourth one has a `.map()` before it. */
  readonly steps: number;
}

export interface GeneratedProject extends ProjectSize {
  readonly folder: string;
  /** The files with the workflows, absolute. */
  readonly workflowFiles: readonly string[];
  remove(): void;
}

/** Writes a project into a new temporary folder that uses the packages of this repository. */
export function generateProject(size: ProjectSize, seed = 1): GeneratedProject {
  const folder = mkdtempSync(path.join(tmpdir(), `bench-${size.files}x${size.steps}-`));
  const source = path.join(folder, 'src/mastra');
  mkdirSync(path.join(source, 'workflows'), { recursive: true });
  symlinkSync(nodeModules, path.join(folder, 'node_modules'), 'junction');
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'bench', private: true, type: 'module' }));
  writeFileSync(path.join(folder, 'tsconfig.json'), tsconfig);
  writeFileSync(path.join(source, 'schemas.ts'), sharedSchemas);
  writeFileSync(path.join(source, 'index.ts'), entryOf(size.files));
  const random = seededRandom(seed);
  const workflowFiles = Array.from({ length: size.files }, (_, index) => {
    const file = path.join(source, 'workflows', `workflow-${index}.ts`);
    writeFileSync(file, workflowOf(index, size.steps, random));
    return file;
  });
  return { ...size, folder, workflowFiles, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: 'ES2022',
    module: 'ES2022',
    moduleResolution: 'bundler',
    types: [],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['src'],
});

const sharedSchemas = `import { z } from 'zod';

export const addressSchema = z.object({ street: z.string(), postalCode: z.string(), country: z.enum(['AT', 'DE', 'NL']) });
`;

function entryOf(files: number): string {
  const indexes = Array.from({ length: files }, (_, index) => index);
  return [
    `import { Mastra } from '@mastra/core/mastra';`,
    ...indexes.map((index) => `import { workflow${index} } from './workflows/workflow-${index}';`),
    '',
    `export const mastra = new Mastra({ workflows: { ${indexes.map((index) => `workflow${index}`).join(', ')} } });`,
    '',
  ].join('\n');
}

/** A file with a workflow of `steps` steps; each step takes what the one before it, or the `.map()` between them, gives. */
function workflowOf(index: number, steps: number, random: Random): string {
  const input = fieldsOf(random);
  const declarations: string[] = [];
  const chain: string[] = [];
  let arriving: Fields = input;
  for (let step = 0; step < steps; step++) {
    if (step % 4 === 3) {
      const mapped = fieldsOf(random);
      chain.push(step % 8 === 3 ? mapFunction(mapped) : mapObject(mapped, arriving, step));
      arriving = mapped;
    }
    const leaving = fieldsOf(random);
    declarations.push(stepOf(index, step, arriving, leaving));
    chain.push(`  .then(step${step})`);
    arriving = leaving;
  }
  return [
    `import { createStep, createWorkflow } from '@mastra/core/workflows';`,
    `import { z } from 'zod';`,
    `import { addressSchema } from '../schemas';`,
    '',
    ...declarations,
    `export const workflow${index} = createWorkflow({`,
    `  id: 'workflow-${index}',`,
    `  description: 'Workflow ${index} with ${steps} steps',`,
    `  inputSchema: ${schemaOf(input)},`,
    `  outputSchema: ${schemaOf(arriving)},`,
    `})`,
    ...chain,
    `  .commit();`,
    '',
  ].join('\n');
}

function stepOf(workflow: number, step: number, input: Fields, output: readonly Field[]): string {
  return [
    `const step${step} = createStep({`,
    `  id: 'step-${workflow}-${step}',`,
    `  description: 'Step ${step} of workflow ${workflow}',`,
    `  inputSchema: ${schemaOf(input)},`,
    `  outputSchema: ${schemaOf(output)},`,
    `  execute: async ({ inputData, runId }) => {`,
    `    console.log(runId, inputData.${input[0].name});`,
    `    return ${valueOf(output)};`,
    `  },`,
    `});`,
    '',
  ].join('\n');
}

function mapFunction(mapped: Fields): string {
  const [id, ...others] = mapped;
  return `  .map(async ({ inputData }) => (${valueOf([{ ...id, value: `inputData.${id.name}` }, ...others])}))`;
}

/** The object form: a field that the step before also has is taken from there, the others are values. */
function mapObject(mapped: readonly Field[], arriving: readonly Field[], step: number): string {
  const entries = mapped.map((field) =>
    arriving.some((other) => other.name === field.name && other.schema === field.schema)
      ? `${field.name}: { step: step${step - 1}, path: '${field.name}' }`
      : `${field.name}: { value: ${field.value}, schema: ${field.schema} }`,
  );
  return [`  .map({`, ...entries.map((entry) => `    ${entry},`), `  })`].join('\n');
}
