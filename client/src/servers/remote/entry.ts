/** A remote server as the setting `mastra.servers` names it: an address, and nothing that is secret. */
import * as z from 'zod/mini';
import { defaultApiPrefix, normalizePrefix, parseServerUrl } from '../../run/http/address.ts';

export interface RemoteEntry {
  /** From the address: a token that was given for one address is never sent to another one. */
  readonly id: string;
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** Normalized: `/api`, or empty. */
  readonly apiPrefix: string;
}

/** An element of the setting that cannot be used. */
export interface InvalidEntry {
  readonly label: string;
  /** A sentence for a person. Never repeats values that may be secret. */
  readonly reason: string;
}

export type ReadEntry =
  | { readonly kind: 'entry'; readonly entry: RemoteEntry }
  | { readonly kind: 'invalid'; readonly invalid: InvalidEntry };

const secretKeys = new Set(['token', 'headers', 'apikey', 'authorization', 'password', 'secret']);

const entrySchema = z.object({ name: z.string(), url: z.string(), apiPrefix: z.optional(z.string()) });

/** The setting's value, whatever it is. Entries with the address of an earlier one are left out. */
export function readEntries(value: unknown): readonly ReadEntry[] {
  if (!Array.isArray(value)) return [];
  const seen = new Set<string>();
  return value.map(readEntry).filter((read) => {
    if (read.kind === 'invalid') return true;
    if (seen.has(read.entry.id)) return false;
    seen.add(read.entry.id);
    return true;
  });
}

function readEntry(value: unknown): ReadEntry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    return invalid('A server without name or url', 'An entry of mastra.servers needs a name and a url.');
  }
  const { name, url, apiPrefix } = parsed.data;
  if (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).some((key) => secretKeys.has(key.toLowerCase()))
  )
    return invalid(
      name,
      'Tokens and headers do not belong into settings, which are shared and synchronized. Delete them there, revoke them, and give new ones with Edit Server.',
    );
  const label = name.trim() === '' ? 'A server without name' : name.trim();
  const wrong = nameProblem(name) ?? urlProblem(url) ?? prefixProblem(apiPrefix ?? '');
  return wrong === undefined
    ? { kind: 'entry', entry: makeEntry(name, url, apiPrefix ?? defaultApiPrefix) }
    : invalid(label, wrong);
}

function invalid(label: string, reason: string): ReadEntry {
  return { kind: 'invalid', invalid: { label, reason } };
}

/** Of parts that have no problem. */
export function makeEntry(name: string, url: string, apiPrefix: string): RemoteEntry {
  const address = normalizeUrl(url);
  const prefix = normalizePrefix(apiPrefix);
  return { id: `remote:${address}${prefix}`, name: name.trim(), url: address, apiPrefix: prefix };
}

/** What goes into the setting. The usual prefix is left out. */
export function settingOf(entry: RemoteEntry): {
  readonly name: string;
  readonly url: string;
  readonly apiPrefix?: string;
} {
  const { name, url, apiPrefix } = entry;
  return { name, url, ...(apiPrefix === defaultApiPrefix ? {} : { apiPrefix: apiPrefix === '' ? '/' : apiPrefix }) };
}

function normalizeUrl(url: string): string {
  const parsed = parseServerUrl(url.trim());
  return parsed === undefined ? url.trim() : `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
}

export function nameProblem(name: string): string | undefined {
  return name.trim() === '' ? 'Give the server a name.' : undefined;
}

/** What is wrong with a URL, without repeating it: it may hold a password. */
export function urlProblem(text: string): string | undefined {
  const url = parseServerUrl(text.trim());
  if (url === undefined)
    return 'Give the URL of the server with http:// or https://, for example https://mastra.example.com.';
  if (url.username !== '' || url.password !== '')
    return 'Leave user and password out of the URL: give a header in the next steps, it is kept secret.';
  if (url.search !== '' || url.hash !== '')
    return 'Leave ? and # with what follows out of the URL. A token is given in the next steps, and kept secret.';
  return undefined;
}

export function prefixProblem(text: string): string | undefined {
  return /^[\w\-./~]*$/.test(text.trim()) ? undefined : 'The API prefix is a path, for example /api.';
}

/** True for a connection that anybody on the way can read. */
export function isOpenToOthers(url: string): boolean {
  const parsed = parseServerUrl(url);
  return parsed?.protocol === 'http:' && !isLoopback(parsed.hostname);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
