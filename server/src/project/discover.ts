/**
 * Finds the source files that matter, by their text alone: those that import Mastra, and those that may get it from a
 * module of the project. Which of them make workflows is for the extraction to say, which follows the imports.
 */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { normalizeFile } from '../typescript/files.ts';

export interface Discovery {
  /** Absolute, with forward slashes, sorted. Empty when no file imports Mastra. */
  readonly files: readonly string[];
  /** Files that may matter and were not read, with the reason in words. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

export interface DiscoveryOptions {
  /** The unsaved text of a file that is open in the editor. */
  readonly buffer?: (file: string) => string | undefined;
  /** Files to look at even where the walk would leave them out. */
  readonly files?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Hand-written sources are far smaller; what is larger was generated, and would hold up every analysis. */
const largestFile = 2_000_000;

/**
 * Folders that hold what tools made. `.gitignore` is not asked: real projects ignore `mastra/` and keep their sources in
 * `src/mastra`, tracked before the line was written.
 */
const madeFolders = new Set(['node_modules', 'bower_components', 'jspm_packages', 'dist', 'out', 'coverage']);

const source = /\.[mc]?tsx?$/;
const declaration = /\.d\.[mc]?ts$|\.d\.[^.]+\.ts$/;
const mastraImport = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])@mastra\//;
const workflowWords =
  /\b(?:createWorkflow|cloneWorkflow|createStep|createRun(?:Async)?|get(?:Workflow|Agent|Tool|Vector)(?:ById)?|new\s+(?:Workflow|Mastra)|commit)\b/;
const anyImport = /\b(?:import|require|export)\b/;

/** True for TypeScript sources; declaration files describe code that is elsewhere. */
export function isSourceFile(file: string): boolean {
  return source.test(file) && !declaration.test(file);
}

/** True when the text imports `@mastra/...` in any form. May be true for a mention in a comment, never false for an import. */
export function usesMastra(text: string): boolean {
  return text.includes('@mastra/') && mastraImport.test(text);
}

/** True when the text may use workflows through another module of the project (a wrapper, a re-export, an imported workflow or Mastra). */
export function mayUseWorkflows(text: string): boolean {
  return workflowWords.test(text) && anyImport.test(text);
}

/** True when a file with this text belongs to the analysis of a project that uses Mastra. */
export function matters(text: string): boolean {
  return usesMastra(text) || mayUseWorkflows(text);
}

/**
 * Walks `folders` and answers with the files that matter in them. Folders of tools and hidden ones are left out,
 * except for the given folders themselves. Symbolic links are followed, each folder is walked once.
 */
export async function discover(folders: readonly string[], options: DiscoveryOptions = {}): Promise<Discovery> {
  const sources = new Set<string>(options.files);
  const visited = new Set<string>();
  for (const folder of folders) {
    const absolute = normalizeFile(path.resolve(folder));
    await walk(absolute, { sources, visited, signal: options.signal });
  }
  const candidates = await readCandidates([...sources].sort(), options);
  const matching = candidates.filter((candidate) => candidate.kind !== 'other');
  return {
    files: matching.some(({ kind }) => kind === 'imports')
      ? matching.filter(({ kind }) => kind !== 'skipped').map(({ file }) => file)
      : [],
    skipped: matching.flatMap((candidate) =>
      candidate.kind === 'skipped' ? [{ file: candidate.file, reason: candidate.reason }] : [],
    ),
  };
}

interface Walk {
  readonly sources: Set<string>;
  /** Real paths of the folders seen, which ends circles of links. */
  readonly visited: Set<string>;
  readonly signal: AbortSignal | undefined;
}

async function walk(folder: string, state: Walk): Promise<void> {
  state.signal?.throwIfAborted();
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || state.visited.has(real)) return;
  state.visited.add(real);
  // A folder that may not be read holds nothing that we could say anything about.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders: string[] = [];
  for (const entry of entries) {
    const file = path.posix.join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await kindOfTarget(file) : entry.isDirectory() ? 'folder' : 'file';
    if (kind === 'folder') {
      if (!isSkippedFolder(entry.name)) folders.push(file);
    } else if (isSourceFile(entry.name)) {
      state.sources.add(file);
    }
  }
  await Promise.all(folders.map((child) => walk(child, state)));
}

/** True for folders of dependencies, build output and tools: never part of what the author writes. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || madeFolders.has(name);
}

async function kindOfTarget(link: string): Promise<'folder' | 'file'> {
  const target = await stat(link).catch(() => undefined);
  return target?.isDirectory() === true ? 'folder' : 'file';
}

type Candidate =
  | { readonly kind: 'imports' | 'mentions' | 'other'; readonly file: string }
  | { readonly kind: 'skipped'; readonly file: string; readonly reason: string };

/** Few enough to stay below the limit of open files, enough to keep the disk busy. */
const readsAtOnce = 64;

async function readCandidates(files: readonly string[], options: DiscoveryOptions): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for (let start = 0; start < files.length; start += readsAtOnce) {
    options.signal?.throwIfAborted();
    const slice = files.slice(start, start + readsAtOnce);
    found.push(...(await Promise.all(slice.map((file) => readCandidate(file, options)))));
  }
  return found;
}

async function readCandidate(file: string, options: DiscoveryOptions): Promise<Candidate> {
  const buffer = options.buffer?.(file);
  if (buffer !== undefined) return classify(file, buffer);
  try {
    const { size } = await stat(file);
    if (size > largestFile) {
      return { kind: 'skipped', file, reason: `it is larger than ${String(largestFile / 1_000_000)} MB` };
    }
    return classify(file, await readFile(file, 'utf8'));
  } catch (error) {
    // Deleted meanwhile, or a link that leads nowhere: it is simply not there.
    if (isMissing(error)) return { kind: 'other', file };
    return {
      kind: 'skipped',
      file,
      reason: `it cannot be read (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}

function classify(file: string, text: string): Candidate {
  return { kind: usesMastra(text) ? 'imports' : mayUseWorkflows(text) ? 'mentions' : 'other', file };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP');
}
