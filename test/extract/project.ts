/** A project of inline files, read through the engine as the product reads it. One native process serves a whole suite. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { WorkflowModel } from '../../common/model/workflow.ts';
import { extractFile, type FileModel } from '../../server/src/extract/file.ts';
import { startEngine, type Engine } from '../../server/src/typescript/engine.ts';
import { renderWorkflow, type RenderOptions } from './render.ts';

const repository = path.resolve(import.meta.dirname, '../..');

export interface Extracted {
  /** The folder of this fixture's files. */
  readonly folder: string;
  readonly models: readonly FileModel[];
  readonly workflows: readonly WorkflowModel[];
  /** All workflows as text, in the order of the files. */
  readonly text: (options?: Omit<RenderOptions, 'folder'>) => string;
  /** The workflow with this declared name. */
  readonly workflow: (name: string) => WorkflowModel;
  /** The source text of a range. */
  readonly source: (file: string, range: WorkflowModel['range']) => string;
}

export interface ExtractSuite {
  /** Reads files given as path -> text; the ones that import nothing of Mastra's may be among them. */
  extract(files: Readonly<Record<string, string>>): Promise<Extracted>;
  close(): Promise<void>;
}

/** `installed`: packages of this repository that the project sees; `compilerOptions` are added to the usual ones. */
export function startSuite(
  installed: readonly string[] = ['@mastra', 'zod'],
  compilerOptions: Readonly<Record<string, unknown>> = {},
): ExtractSuite {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'mastra-extract-')));
  mkdirSync(path.join(root, 'node_modules'));
  for (const name of installed) {
    const target = path.join(root, 'node_modules', name);
    mkdirSync(path.dirname(target), { recursive: true });
    symlinkSync(path.join(repository, 'node_modules', name), target, 'junction');
  }
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ name: 'fixture', private: true, type: 'module' }));
  const options = { ...usualOptions, ...compilerOptions };
  writeFileSync(path.join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['**/*'] }));
  const engine = startEngine({ folder: root, buffer: () => undefined, log: () => undefined });
  let count = 0;
  return {
    async extract(files) {
      count += 1;
      const folder = path.join(root, `fixture-${String(count)}`);
      const paths = Object.entries(files).map(([name, text]) => {
        const file = path.join(folder, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
        return file;
      });
      engine.changed({ created: paths });
      const models = await readAll(engine, paths);
      const workflows = models.flatMap((model) => model.workflows);
      return {
        folder,
        models,
        workflows,
        text: (options = {}) =>
          workflows.map((workflow) => renderWorkflow(workflow, { folder, ...options })).join('\n'),
        workflow(name) {
          const found = workflows.find((workflow) => workflow.name === name);
          if (found === undefined)
            throw new Error(`no workflow '${name}' in ${workflows.map((w) => w.key).join(', ')}`);
          return found;
        },
        source: (file, range) => sourceOf(files[path.relative(folder, file)] ?? '', range),
      };
    },
    async close() {
      await engine.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const usualOptions = {
  target: 'ES2022',
  module: 'ES2022',
  moduleResolution: 'bundler',
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

function readAll(engine: Engine, files: readonly string[]): Promise<readonly FileModel[]> {
  return engine.read(files, (programs) =>
    Promise.all(
      files.map(async (file) => {
        const program = await programs.programFor(file);
        if (program === undefined) throw new Error(`${file} belongs to no program`);
        return extractFile(program, file);
      }),
    ),
  );
}

function sourceOf(text: string, range: WorkflowModel['range']): string {
  const lines = text.split(/\r\n|\n/);
  if (range.start.line === range.end.line) {
    return (lines[range.start.line] ?? '').slice(range.start.character, range.end.character);
  }
  return [
    (lines[range.start.line] ?? '').slice(range.start.character),
    ...lines.slice(range.start.line + 1, range.end.line),
    (lines[range.end.line] ?? '').slice(0, range.end.character),
  ].join('\n');
}

/** Imports and a few steps that most fixtures use: `{ n }` -> `{ n }`, `{ n }` -> `{ text }`, `{ text }` -> `{ n }`. */
export const head = `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
const count = z.object({ n: z.number() });
const words = z.object({ text: z.string() });
const add = createStep({ id: 'add', inputSchema: count, outputSchema: count, execute: async ({ inputData }) => inputData });
const say = createStep({ id: 'say', inputSchema: count, outputSchema: words, execute: async () => ({ text: '' }) });
const measure = createStep({ id: 'measure', inputSchema: words, outputSchema: count, execute: async () => ({ n: 1 }) });
`;

/** `createWorkflow` from `{ n }` to `{ n }`. */
export const flow = `createWorkflow({ id: 'flow', inputSchema: count, outputSchema: count })`;
