/** The registry of models that comes with `@mastra/core`: read from disk, and questions about a model's name. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ModelProvider, ModelRegistry } from '../../../common/model/models.ts';
import { editDistance, similarName } from '../extract/similar.ts';

/** Reads the registry that the files of `folder` resolve; undefined where there is none, as before Mastra 0.19. */
export type ModelRegistryReader = (folder: string) => Promise<ModelRegistry | undefined>;

/** A reader that parses each file again only after it changed. */
export function createModelRegistryReader(): ModelRegistryReader {
  const read = new Map<string, { readonly changed: number; readonly registry: ModelRegistry | undefined }>();
  return async (folder) => {
    const core = await coreAbove(folder);
    if (core === undefined) return undefined;
    const file = path.posix.join(core, 'dist/provider-registry.json');
    const status = await stat(file).catch(() => undefined);
    if (status === undefined) return undefined;
    const before = read.get(file);
    if (before?.changed === status.mtimeMs) return before.registry;
    const registry = readRegistry(await parsed(file), await versionOf(core));
    read.set(file, { changed: status.mtimeMs, registry });
    return registry;
  };
}

async function coreAbove(folder: string): Promise<string | undefined> {
  for (let current = folder; ; current = path.posix.dirname(current)) {
    const core = path.posix.join(current, 'node_modules/@mastra/core');
    if ((await stat(path.posix.join(core, 'package.json')).catch(() => undefined)) !== undefined) return core;
    if (path.posix.dirname(current) === current) return undefined;
  }
}

async function versionOf(core: string): Promise<string> {
  const manifest = await parsed(path.posix.join(core, 'package.json'));
  return (isRecord(manifest) ? text(manifest['version']) : undefined) ?? '';
}

/** Undefined for a file that is gone, or being written. */
async function parsed(file: string): Promise<unknown> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return value;
  } catch {
    return undefined;
  }
}

/** The registry as `provider-registry.json` has it; undefined for anything that has another shape. */
export function readRegistry(value: unknown, version: string): ModelRegistry | undefined {
  if (!isRecord(value) || !isRecord(value['providers'])) return undefined;
  const providers = new Map<string, ModelProvider>();
  for (const [id, given] of Object.entries(value['providers'])) {
    if (!isRecord(given)) continue;
    const gateway = text(given['gateway']);
    providers.set(id, {
      id,
      name: text(given['name']) ?? id,
      models: texts(given['models']),
      deprecated: texts(given['deprecatedModels']),
      // Other gateways than this one need several variables at once.
      variables: gateway === undefined || gateway === 'models.dev' ? texts(given['apiKeyEnvVar']) : [],
      documentation: text(given['docUrl']),
    });
  }
  return providers.size === 0 ? undefined : { version, providers };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}

export type ModelInfo =
  | { readonly kind: 'known'; readonly provider: ModelProvider; readonly model: string; readonly isDeprecated: boolean }
  /** The provider is known, the model is not: a slip, or newer than the installation. */
  | { readonly kind: 'unknown-model'; readonly provider: ModelProvider; readonly model: string }
  | { readonly kind: 'unknown-provider'; readonly provider: string; readonly model: string }
  /** Goes to a service whose models are not listed: any name may be right. */
  | { readonly kind: 'gateway'; readonly gateway: string; readonly model: string }
  /** Not `provider/model`. */
  | { readonly kind: 'malformed' };

/** Services that take what the account behind them was given: deployments, or any model of any provider. */
const gateways: ReadonlySet<string> = new Set(['mastra', 'azure-openai']);

/** What the registry says of a model string as it is written in `model: '...'`. */
export function modelInfo(registry: ModelRegistry, name: string): ModelInfo {
  const slash = name.indexOf('/');
  const [providerId, model] = [name.slice(0, Math.max(slash, 0)), name.slice(slash + 1)];
  if (providerId === '' || model === '') return { kind: 'malformed' };
  if (gateways.has(providerId)) return { kind: 'gateway', gateway: providerId, model };
  const provider = registry.providers.get(providerId);
  if (provider === undefined) return { kind: 'unknown-provider', provider: providerId, model };
  const listed = [model, withoutVariant(model)].find((each) => provider.models.includes(each));
  if (listed === undefined) return { kind: 'unknown-model', provider, model };
  return { kind: 'known', provider, model, isDeprecated: provider.deprecated.includes(listed) };
}

/** Who resells models takes `vendor/model:free`, `:nitro` and the like for each of them, listed or not. */
function withoutVariant(model: string): string {
  return model.includes('/') ? model.replace(/:[a-z][\w:-]*$/, '') : model;
}

/** Who makes models comes before who resells them. */
const makers = ['openai', 'anthropic', 'google', 'xai', 'mistral', 'deepseek', 'groq', 'perplexity', 'cerebras'];

/**
 * The model strings that someone who wrote `name` most likely meant, best first; empty when nothing is close. Deprecated
 * ones are named only when they are exactly what was written.
 */
export function nearestModels(registry: ModelRegistry, name: string, limit = 5): readonly string[] {
  const info = modelInfo(registry, name);
  switch (info.kind) {
    case 'known':
    case 'gateway':
      return [];
    case 'unknown-model':
      return nearestOf(info.provider, info.model, limit);
    case 'unknown-provider': {
      const id = similarName(info.provider, [...registry.providers.keys()]);
      const provider = id === undefined ? undefined : registry.providers.get(id);
      if (provider === undefined) return [];
      const exact = provider.models.includes(info.model) ? [`${provider.id}/${info.model}`] : [];
      return [...exact, ...nearestOf(provider, info.model, limit)].slice(0, limit);
    }
    case 'malformed':
      return nearestWithoutProvider(registry, name, limit);
  }
}

/** `gpt-4o`, `openai:gpt-4o` */
function nearestWithoutProvider(registry: ModelRegistry, name: string, limit: number): readonly string[] {
  const [, prefix, rest] = /^([\w.-]+)[:\\](?!\d)(.+)$/.exec(name) ?? [];
  if (prefix !== undefined && rest !== undefined && registry.providers.has(prefix)) {
    const info = modelInfo(registry, `${prefix}/${rest}`);
    return info.kind === 'known' ? [`${prefix}/${rest}`] : nearestModels(registry, `${prefix}/${rest}`, limit);
  }
  const known = makers.flatMap((id) => registry.providers.get(id) ?? []);
  const exact = known.filter(({ models }) => models.includes(name)).map(({ id }) => `${id}/${name}`);
  if (exact.length > 0) return exact.slice(0, limit);
  return known.flatMap((provider) => nearestOf(provider, name, limit)).slice(0, limit);
}

function nearestOf(provider: ModelProvider, model: string, limit: number): readonly string[] {
  return provider.models
    .filter((each) => each !== model && !provider.deprecated.includes(each))
    .map((each) => ({ each, distance: distanceBetween(model, each) }))
    .filter(({ each, distance }) => distance <= tolerated(model, each))
    .sort((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1))
    .slice(0, limit)
    .map(({ each }) => `${provider.id}/${each}`);
}

/** `claude-sonnet-4.5` and `Claude_Sonnet_4_5` are `claude-sonnet-4-5`. */
function distanceBetween(a: string, b: string): number {
  return editDistance(plain(a), plain(b));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_.\s]/g, '-');
}

/** Names of models differ by a digit where they are different models: only a slip counts as near. */
function tolerated(a: string, b: string): number {
  return Math.min(3, Math.floor(Math.max(a.length, b.length) / 4));
}
