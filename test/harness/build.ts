/** Building and packing, each only when something that goes into it changed. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { relative, root } from './paths.ts';
import { phase, run } from './process.ts';

/** What the packed extension is made of, beside the packages of the lock file. */
const inputs = [
  'client/src',
  'common',
  'server/src',
  'webview/src',
  'media',
  'snippets',
  'syntaxes',
  'esbuild.mjs',
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  '.vscodeignore',
  'test/harness/build.ts',
  'test/harness/smallest-zip.cjs',
];

export interface Packed {
  readonly file: string;
  /** Hash of everything that went into it. */
  readonly inputs: string;
}

/** The name of this platform among VS Code's targets, e.g. `linux-x64`. */
export function vsceTarget(): string {
  const platform = existsSync('/etc/alpine-release') ? 'alpine' : process.platform;
  return `${platform}-${process.arch}`;
}

let built: 'product' | 'product and tests' | undefined;

/**
 * Builds dist/ as it ships, and with `tests` the suite that runs inside VS Code as well. Takes about a second; done once
 * in the life of this process, as nobody may find half of it.
 */
export async function build(options: { readonly tests: boolean }): Promise<void> {
  if (built === 'product and tests' || (built === 'product' && !options.tests)) return;
  await phase('Build', async () => {
    const flags = ['--production', ...(options.tests ? ['--tests'] : [])];
    const { code } = await run(process.execPath, ['esbuild.mjs', ...flags], { show: 'on-failure' });
    if (code !== 0) throw new Error('The build failed.');
  });
  built = options.tests ? 'product and tests' : 'product';
}

/** The packed extension of the sources as they are now, made anew only when they changed since; or the one that VSIX names. */
export async function packedExtension(): Promise<Packed> {
  const given = process.env['VSIX'];
  if (given !== undefined) {
    return { file: path.resolve(given), inputs: createHash('sha256').update(readFileSync(given)).digest('hex') };
  }
  const packed = { file: path.join(root, 'dist', `mastra-workflows-${vsceTarget()}.vsix`), inputs: hashOfInputs() };
  const stamp = `${packed.file}.inputs`;
  if (existsSync(packed.file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === packed.inputs) return packed;

  await build({ tests: false });
  await phase('Pack', async () => {
    const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
    // Under another name first: whoever else tests here finds a whole package or none.
    const made = `${packed.file}.${process.pid}`;
    const args = ['package', '--no-dependencies', '--target', vsceTarget(), '--out', made];
    const staged = stage();
    try {
      const { code } = await run(process.execPath, ['--require', smallestZip, vsce, ...args, ...leaveLinksAlone], {
        cwd: staged,
        show: 'on-failure',
      });
      if (code !== 0) throw new Error('Packing failed.');
      renameSync(made, packed.file);
    } finally {
      rmSync(made, { force: true });
      rmSync(staged, { recursive: true, force: true });
    }
  });
  writeFileSync(stamp, packed.inputs);
  console.log(`  ${relative(packed.file)}, ${(statSync(packed.file).size / 1e6).toFixed(1)} MB`);
  return packed;
}

const smallestZip = path.join(import.meta.dirname, 'smallest-zip.cjs');

/** Else vsce wants to know the repository, to make the README's relative links absolute. */
const leaveLinksAlone = ['--allow-missing-repository', '--no-rewrite-relative-links'];

/**
 * A folder with what ships and nothing else: vsce looks at every file under its folder, and with all that tests install
 * here it would be busy for a while.
 */
function stage(): string {
  const staged = mkdtempSync(path.join(os.tmpdir(), 'vsix-'));
  const allowed = readFileSync(path.join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  for (const file of globSync(allowed, { cwd: root }))
    cpSync(path.join(root, file), path.join(staged, file), { recursive: true });
  return staged;
}

function hashOfInputs(): string {
  const hash = createHash('sha256').update(`${process.version} ${vsceTarget()}`);
  for (const file of inputs.flatMap(filesUnder)) hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function filesUnder(entry: string): readonly string[] {
  const absolute = path.join(root, entry);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [entry];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => path.relative(root, path.join(file.parentPath, file.name)))
    .sort();
}
