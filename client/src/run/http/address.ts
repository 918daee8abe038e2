/** Where a Mastra server is, and how its paths are written. */

export interface ServerAddress {
  /** `http://localhost:4111`, or with a path where a proxy stands in front: `https://shop.example/mastra`. */
  readonly url: string;
  /** `/api`, unless the project sets `server.apiPrefix`; empty for none. */
  readonly apiPrefix: string;
  /** Sent with every request, e.g. `Authorization`. Values are secrets: they are never part of a message or a log. */
  readonly headers: Readonly<Record<string, string>>;
  /** For a server whose certificate no public authority vouches for. Absent: what Node and the system trust. */
  readonly tls?: TlsTrust;
}

export interface TlsTrust {
  /** Certificates of authorities, PEM; they replace those that Node trusts. */
  readonly ca?: string;
  /** False accepts any certificate: whoever is in between can read the headers. */
  readonly rejectUnauthorized?: boolean;
}

export const defaultApiPrefix = '/api';

/** `/api` from `api/`, `/api`, `//api`; empty from `/` and from nothing. */
export function normalizePrefix(prefix: string): string {
  const segments = prefix.split('/').filter((segment) => segment !== '');
  return segments.length === 0 ? '' : `/${segments.join('/')}`;
}

/** The address as a URL; undefined when it is none, or neither http nor https. */
export function parseServerUrl(url: string): URL | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed : undefined;
}

/** For messages: without user, password and query, which may be secrets. */
export function serverName(address: Pick<ServerAddress, 'url'>): string {
  const url = parseServerUrl(address.url);
  return url === undefined ? address.url : `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

export interface ServerPath {
  /** Below the API prefix, not encoded: `['workflows', id, 'stream']`. */
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** True for what lies beside the API, such as `/health`. */
  readonly outsideApi?: boolean;
}

/** The URL of a call. Every segment is encoded: an id may hold any character, also `/` and `..`. */
export function urlOf(address: ServerAddress, path: ServerPath): URL | undefined {
  const base = parseServerUrl(address.url);
  if (base === undefined) return undefined;
  const prefix = path.outsideApi === true ? '' : normalizePrefix(address.apiPrefix);
  const segments = path.segments.map(encodeSegment).join('/');
  const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}${prefix}/${segments}`);
  for (const [name, value] of Object.entries(path.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  url.username = base.username;
  url.password = base.password;
  return url;
}

/** A segment of dots alone would be taken for a step up, encoded or not: this way it names something that is not there. */
function encodeSegment(segment: string): string {
  return /^\.{1,2}$/.test(segment) ? segment.replaceAll('.', '%252E') : encodeURIComponent(segment);
}
