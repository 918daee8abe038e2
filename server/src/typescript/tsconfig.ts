/**
 * What a project's tsconfig says, as the analysis needs it. TypeScript 7 reads every tsconfig, but does two things
 * differently from what projects rely on: it ignores `baseUrl`, and it follows `strictNullChecks: false`, under which
 * every schema field becomes optional. Both are put right in the text that the engine is served; nothing is written.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import JSON5 from 'json5';
import { folderOf, normalizeFile } from './files.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a file as text; undefined when there is none. */
type ReadText = (file: string) => string | undefined;

/** The two options that belong together, with their files resolved: they may come from different configs of a chain. */
interface PathOptions {
  /** Absolute. */
  readonly baseUrl: string | undefined;
  readonly paths: JsonObject | undefined;
}

/** True for files that TypeScript reads as project configs by their name. */
export function isConfigFile(file: string): boolean {
  return /\/[tj]sconfig[^/]*\.json$/.test(file);
}

/**
 * The text to serve for the config `file`. Undefined when it cannot be parsed: TypeScript's own parser recovers better.
 */
export function configForAnalysis(file: string, text: string, read: ReadText): string | undefined {
  const config = parse(text);
  if (config === undefined) return undefined;
  const own = objectIn(config, 'compilerOptions') ?? {};
  const effective = pathOptions(file, config, read);
  // TypeScript's API hangs on configs that extend each other; without `extends` it reads what the config itself says.
  if (effective === undefined) return configForAnalysis(file, JSON.stringify({ ...config, extends: [] }), read);
  const paths = effective.baseUrl === undefined ? {} : { paths: pathsWithoutBase(effective.baseUrl, effective.paths) };
  return JSON.stringify({
    ...config,
    compilerOptions: { ...own, baseUrl: undefined, ...paths, strictNullChecks: true },
  });
}

/** The config of files outside every tsconfig: what a new TypeScript project would have. */
export function configForLooseFiles(files: readonly string[]): string {
  return JSON.stringify({
    compilerOptions: {
      strict: true,
      target: 'esnext',
      module: 'esnext',
      moduleResolution: 'bundler',
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      jsx: 'react-jsx',
      skipLibCheck: true,
      noEmit: true,
    },
    files,
  });
}

/** `baseUrl` resolves every bare import first, then packages: the same as a last pattern that matches everything. */
function pathsWithoutBase(baseUrl: string, paths: PathOptions['paths']): JsonObject {
  const absolute = Object.entries(paths ?? {}).map(([pattern, targets]): [string, unknown] => [
    pattern,
    listOf(targets).map((target) => absoluteTarget(baseUrl, target)),
  ]);
  const patterns: JsonObject = Object.fromEntries(absolute);
  return { ...patterns, '*': [...listOf(patterns['*']), `${baseUrl}/*`] };
}

function absoluteTarget(baseUrl: string, target: unknown): unknown {
  if (typeof target !== 'string' || target.startsWith('${configDir}')) return target;
  return path.isAbsolute(target) ? target : normalizeFile(path.join(baseUrl, target));
}

/** Undefined when the configs extend each other in a circle. */
function pathOptions(
  file: string,
  config: JsonObject,
  read: ReadText,
  extending: readonly string[] = [],
): PathOptions | undefined {
  const chain = [...extending, file];
  let result: PathOptions = { baseUrl: undefined, paths: undefined };
  for (const base of extendedFiles(file, config, read)) {
    const inherited = chain.includes(base.file) ? undefined : pathOptions(base.file, base.config, read, chain);
    if (inherited === undefined) return undefined;
    result = { baseUrl: inherited.baseUrl ?? result.baseUrl, paths: inherited.paths ?? result.paths };
  }
  const options = objectIn(config, 'compilerOptions') ?? {};
  const baseUrl = options['baseUrl'];
  return {
    baseUrl: typeof baseUrl === 'string' ? resolveIn(folderOf(file), baseUrl) : result.baseUrl,
    paths: objectIn(options, 'paths') ?? result.paths,
  };
}

function resolveIn(folder: string, target: string): string {
  return normalizeFile(path.resolve(folder, target.replace('${configDir}', folder)));
}

function extendedFiles(
  file: string,
  config: JsonObject,
  read: ReadText,
): readonly { readonly file: string; readonly config: JsonObject }[] {
  const extended = config['extends'];
  const bases = typeof extended === 'string' ? [extended] : listOf(extended);
  return bases.flatMap((base) => {
    if (typeof base !== 'string') return [];
    for (const candidate of baseCandidates(file, base)) {
      const text = read(candidate);
      const parsed = text === undefined ? undefined : parse(text);
      if (parsed !== undefined) return [{ file: candidate, config: parsed }];
    }
    return [];
  });
}

function baseCandidates(file: string, base: string): readonly string[] {
  if (/^\.{1,2}(\/|$)/.test(base) || path.isAbsolute(base)) {
    const exact = resolveIn(folderOf(file), base);
    return exact.endsWith('.json') ? [exact] : [`${exact}.json`, exact];
  }
  const require = createRequire(file);
  return [base, `${base}.json`, `${base}/tsconfig.json`].flatMap((name) => {
    try {
      return [normalizeFile(require.resolve(name))];
    } catch {
      return [];
    }
  });
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON5.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function objectIn(value: JsonObject, name: string): JsonObject | undefined {
  const part = value[name];
  return isObject(part) ? part : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? Array.from<unknown>(value) : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
