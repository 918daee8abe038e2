/** All blocks of all pages as one TypeScript project on disk, analysed once. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProjectModel } from '../../../common/model/project.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import { createProjectAnalysis } from '../../../server/src/project/analyze.ts';
import { discover } from '../../../server/src/project/discover.ts';
import { findingsOf } from '../../../server/src/rules/index.ts';
import { startEngine } from '../../../server/src/typescript/engine.ts';
import { normalizeFile } from '../../../server/src/typescript/files.ts';
import { importsFor, type Block, type BlockFile, type Page } from './page.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** Older versions of Mastra, a folder with a package of its own for each. */
const versions = path.resolve(import.meta.dirname, '../versions');

export interface PagesProject {
  readonly folder: string;
  /** Absolute name of a file of a block. */
  fileOf(page: Page, block: Block, file: BlockFile): string;
  /** The findings in a block's files, for the Mastra version that the block names. */
  findingsIn(page: Page, block: Block): readonly Finding[];
  /** What the TypeScript compiler says about a block's files, without positions. */
  compilerErrorsIn(page: Page, block: Block): readonly string[];
  remove(): Promise<void>;
}

/** The text of a file as it is analysed. A fixed block has no carets, so that it compares with the result of a fix. */
export function textOf(page: Page, file: BlockFile): string {
  const steps = file.code.includes("from '../steps'") ? '' : page.setup;
  return `${file.code}\n\n${importsFor(file.code, steps)}`;
}

export async function analysePages(pages: readonly Page[]): Promise<PagesProject> {
  const folder = normalizeFile(await realpath(await mkdtemp(path.join(tmpdir(), 'rule-pages-'))));
  // Above the blocks of a version lies its Mastra, and above that everything else.
  const pageFolder = (page: Page, version: string | undefined) =>
    version === undefined
      ? path.posix.join(folder, page.rule)
      : path.posix.join(folder, 'versions', version, page.rule);
  const folderOf = (page: Page, block: Block) => path.posix.join(pageFolder(page, block.version), `line-${block.line}`);
  const fileOf = (page: Page, block: Block, file: BlockFile) => path.posix.join(folderOf(page, block), file.name);

  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  for (const version of new Set(pages.flatMap((page) => page.blocks.flatMap((block) => block.version ?? [])))) {
    const scope = path.join(folder, 'versions', version, 'node_modules/@mastra');
    const installed = path.join(versions, version, 'node_modules/@mastra/core');
    if (!existsSync(installed)) throw new Error(`${installed} is missing: run npm ci in the folder of that version`);
    await mkdir(scope, { recursive: true });
    await symlink(installed, path.join(scope, 'core'), 'dir');
  }
  for (const page of pages) {
    const setup = `${page.setup}\n\n${importsFor(page.setup, '')}`;
    for (const version of new Set([undefined, ...page.blocks.map((block) => block.version)])) {
      await mkdir(pageFolder(page, version), { recursive: true });
      await writeFile(path.join(pageFolder(page, version), 'steps.ts'), setup);
    }
    for (const block of page.blocks) {
      await mkdir(folderOf(page, block));
      for (const file of block.files) {
        const name = fileOf(page, block, file);
        await mkdir(path.dirname(name), { recursive: true });
        await writeFile(name, textOf(page, file));
      }
    }
  }

  const [{ project }, compilerErrors] = [await analyse(folder), await compile(folder)];
  const findings = new Map<string | undefined, readonly Finding[]>();
  const findingsFor = (version: string | undefined) => {
    let found = findings.get(version);
    if (found === undefined) {
      found = findingsOf(version === undefined ? project : { ...project, mastra: { kind: 'installed', version } });
      findings.set(version, found);
    }
    return found;
  };
  return {
    folder,
    fileOf,
    findingsIn: (page, block) =>
      findingsFor(block.mastra).filter(({ file }) => file.startsWith(`${folderOf(page, block)}/`)),
    compilerErrorsIn: (page, block) =>
      compilerErrors.filter(({ file }) => file.startsWith(`${folderOf(page, block)}/`)).map(({ message }) => message),
    remove: () => rm(folder, { recursive: true }),
  };
}

const compilerOptions = {
  target: 'ES2022',
  module: 'ES2022',
  moduleResolution: 'bundler',
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The environment of the examples: what they are about is seldom a key. */
const keys = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY', 'MISTRAL_API_KEY'];

async function analyse(folder: string): Promise<{ readonly project: ProjectModel }> {
  const { files } = await discover([folder]);
  const problems: string[] = [];
  const engine = startEngine({ folder, buffer: () => undefined, log: (message) => problems.push(message) });
  try {
    const analysis = createProjectAnalysis({ log: (message) => problems.push(message), inherited: keys });
    const { project } = await engine.read(files, (programs) => analysis.update(programs, files, []));
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return { project };
  } finally {
    await engine.close();
  }
}

interface CompilerError {
  readonly file: string;
  readonly message: string;
}

function compile(folder: string): Promise<readonly CompilerError[]> {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [compiler, '--project', folder, '--pretty', 'false'],
      { cwd: folder, maxBuffer: 1 << 26 },
      (error, stdout) => {
        const errors = [...stdout.matchAll(/^(.+?)\(\d+,\d+\): error (TS\d+: .*)$/gm)].map((match) => ({
          file: path.posix.join(folder, match[1] ?? ''),
          message: match[2] ?? '',
        }));
        if (error !== null && errors.length === 0) reject(new Error(`The compiler failed: ${error.message}`));
        else resolve(errors);
      },
    );
  });
}

/** The text after the fix whose edits are all in `file`. */
export function applyEdits(text: string, edits: Finding['fixes'][number]['edits']): string {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const offset = ({ line, character }: Finding['range']['start']) => (lineStarts[line] ?? 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (changed, { range, newText }) =>
        changed.slice(0, offset(range.start)) + newText + changed.slice(offset(range.end)),
      text,
    );
}
