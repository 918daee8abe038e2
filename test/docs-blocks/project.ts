/** The blocks as one TypeScript project on disk; each with neighbours of its own, so that it is analysed as a project. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Finding } from '../../common/protocol/rules.ts';
import { createProjectAnalysis } from '../../server/src/project/analyze.ts';
import { findingsOf } from '../../server/src/rules/index.ts';
import { startEngine } from '../../server/src/typescript/engine.ts';
import { normalizeFile } from '../../server/src/typescript/files.ts';
import { root } from '../harness/paths.ts';
import { run } from '../harness/process.ts';
import { blockFile, completed, neighbours, type DocsBlock } from './blocks.ts';

export interface BlockResult {
  readonly block: DocsBlock;
  /** What the compiler says against it. */
  readonly errors: readonly string[];
  /** In the block itself. */
  readonly findings: readonly Finding[];
  /** Faults of the analysis. */
  readonly faults: readonly string[];
}

/** Compiles and checks the blocks, with the packages of `modules`. */
export async function checkBlocks(blocks: readonly DocsBlock[], modules: string): Promise<readonly BlockResult[]> {
  const folder = normalizeFile(realpathSync(mkdtempSync(path.join(tmpdir(), 'docs-blocks-'))));
  try {
    symlinkSync(modules, path.join(folder, 'node_modules'), 'junction');
    write(folder, 'package.json', '{ "type": "module" }\n');
    for (const block of blocks) {
      for (const [name, text] of Object.entries(neighbours)) write(folder, `${nameOf(block)}/${name}`, text);
      write(folder, `${nameOf(block)}/${blockFile}`, completed(block, []));
    }
    const errors = await compile(folder, blocks);
    return await analyse(folder, blocks, errors);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function nameOf({ page, line }: DocsBlock): string {
  return `${page}-${String(line)}`;
}

function write(folder: string, name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

type Errors = ReadonlyMap<DocsBlock, readonly string[]>;

/** What the compiler says once the names that a block leaves out are there. */
async function compile(folder: string, blocks: readonly DocsBlock[]): Promise<Errors> {
  // Where one file does not parse, the compiler says nothing else about any: those are left out from then on.
  const unparsed = await errorsIn(folder, blocks, []);
  const parsed = blocks.filter((block) => !unparsed.has(block));
  const first = await errorsIn(folder, blocks, [...unparsed.keys()]);
  for (const [block, errors] of first) {
    const missing = errors.flatMap((error) => /^Cannot find name '(\w+)'/.exec(error)?.[1] ?? []);
    write(folder, `${nameOf(block)}/${blockFile}`, completed(block, [...new Set(missing)]));
  }
  const second = await errorsIn(folder, parsed, [...unparsed.keys()]);
  return new Map([...unparsed, ...second]);
}

async function errorsIn(folder: string, blocks: readonly DocsBlock[], without: readonly DocsBlock[]): Promise<Errors> {
  const exclude = ['node_modules', ...without.map((block) => `${nameOf(block)}/${blockFile}`)];
  write(folder, 'tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*.ts'], exclude }));
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await run(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    show: 'never',
    timeout: 120_000,
  });
  const errors = new Map<DocsBlock, string[]>();
  for (const [, file = '', message = ''] of output.matchAll(/^(.+?)\(\d+,\d+\): error TS\d+: (.*)$/gm)) {
    const block = blocks.find((each) => file.startsWith(`${nameOf(each)}/`));
    if (block === undefined || !file.endsWith(blockFile)) throw new Error(`${file}: ${message}`);
    errors.set(block, [...(errors.get(block) ?? []), message]);
  }
  if (code !== 0 && errors.size === 0) throw new Error(`The compiler failed: ${output}`);
  return errors;
}

const compilerOptions = {
  target: 'ES2022',
  module: 'ES2022',
  moduleResolution: 'bundler',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

async function analyse(folder: string, blocks: readonly DocsBlock[], errors: Errors): Promise<readonly BlockResult[]> {
  write(folder, 'tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  let faults: string[] = [];
  const log = (message: string) => faults.push(message);
  const engine = startEngine({ folder, buffer: () => undefined, log });
  try {
    const results: BlockResult[] = [];
    for (const block of blocks) {
      faults = [];
      const analysis = createProjectAnalysis({ log });
      const files = [blockFile, ...Object.keys(neighbours)].map((name) => path.posix.join(folder, nameOf(block), name));
      const { project } = await engine.read(files, (programs) => analysis.update(programs, files, []));
      const findings = findingsOf(project).filter(({ file }) => file === files[0]);
      results.push({ block, errors: errors.get(block) ?? [], findings, faults });
    }
    return results;
  } finally {
    await engine.close();
  }
}
