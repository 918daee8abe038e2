/** The handshake: is there a Mastra server, which one, and may we use it? */
import { defaultApiPrefix, normalizePrefix, serverName } from './address.ts';
import type { ServerAddress } from './address.ts';
import { call, failure, parseJson, problemOfAnswer } from './answer.ts';
import { ServerFailure } from './problem.ts';
import type { ServerProblem } from './problem.ts';
import { request } from './request.ts';
import type { RequestLimits } from './request.ts';
import { capabilitiesShape, packagesShape, workflowListShape } from './shapes.ts';

export interface ServerFacts {
  /** As messages name the server. */
  readonly server: string;
  /** Of `@mastra/core`; undefined when the server does not tell. */
  readonly mastraVersion: string | undefined;
  /** E.g. `LibSQLStore`; undefined when the server does not tell, or stores nothing. */
  readonly storageType: string | undefined;
  /** True for `mastra dev`. */
  readonly isDev: boolean;
  readonly auth: AuthState;
  /** What workflows may run on besides Mastra's own engine: `inngest` where its package is installed, or what a workflow says. */
  readonly engines: readonly string[];
  readonly workflows: readonly ServerWorkflow[];
}

/** Whether the server asks who we are. `unknown` on servers that do not tell. */
export type AuthState =
  | { readonly kind: 'none' }
  | { readonly kind: 'required'; readonly login: string | undefined }
  | { readonly kind: 'unknown' };

export interface ServerWorkflow {
  /** The key in `new Mastra({ workflows })`. */
  readonly key: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly engine: string | undefined;
}

export interface HandshakeOptions {
  readonly signal?: AbortSignal;
  readonly limits?: Partial<RequestLimits>;
}

const enginePackages: Readonly<Record<string, string>> = { '@mastra/inngest': 'inngest' };

/** Asks the server what it is. Throws ServerFailure. */
export async function connectServer(address: ServerAddress, options: HandshakeOptions = {}): Promise<ServerFacts> {
  const get = { method: 'GET' as const, signal: options.signal, limits: options.limits ?? {} };
  const [workflows, packages, capabilities] = await Promise.all([
    call(address, { ...get, segments: ['workflows'], query: { partial: 'true' } }, workflowListShape).catch(
      (error: unknown) => asFailure(error),
    ),
    call(address, { ...get, segments: ['system', 'packages'] }, packagesShape).catch(() => undefined),
    call(address, { ...get, segments: ['auth', 'capabilities'] }, capabilitiesShape).catch(() => undefined),
  ]);
  const version = packages?.packages?.find(({ name }) => name === '@mastra/core')?.version;
  if (workflows instanceof ServerFailure) {
    throw new ServerFailure(await explain(address, workflows.problem, version, options));
  }
  if (version !== undefined && /^0\./.test(version)) {
    throw failure(address, { kind: 'version', version, detail: 'Mastra 1.0 or newer is needed' });
  }
  const list = Object.entries(workflows).map(([key, { name, description, engineType }]) => ({
    key,
    id: name ?? key,
    description: description ?? undefined,
    engine: engineType ?? undefined,
  }));
  const installed = (packages?.packages ?? []).flatMap(({ name }) => enginePackages[name] ?? []);
  return {
    server: serverName(address),
    mastraVersion: version,
    storageType: packages?.storageType ?? undefined,
    isDev: packages?.isDev ?? false,
    auth:
      capabilities === undefined
        ? { kind: 'unknown' }
        : capabilities.enabled
          ? { kind: 'required', login: capabilities.login?.type }
          : { kind: 'none' },
    engines: [...new Set([...installed, ...list.flatMap(({ engine }) => engine ?? [])])].filter(
      (engine) => engine !== 'default',
    ),
    workflows: list,
  };
}

function asFailure(error: unknown): ServerFailure {
  if (error instanceof ServerFailure) return error;
  throw error;
}

/**
 * A problem of a first call in its real words: what does not answer like the API may be Mastra under another prefix, or something
 * else; what answers in an unknown shape may be of a version that is known.
 */
export async function explain(
  address: ServerAddress,
  problem: ServerProblem,
  version: string | undefined,
  options: HandshakeOptions = {},
): Promise<ServerProblem> {
  if (problem.kind === 'version') return { ...problem, version: version ?? problem.version };
  if (problem.kind !== 'not-mastra') return problem;
  const prefix = normalizePrefix(address.apiPrefix);
  for (const other of new Set([defaultApiPrefix, '', '/mastra/api', '/mastra'])) {
    if (other !== prefix && (await answersApi({ ...address, apiPrefix: other }, options))) {
      return { server: problem.server, kind: 'wrong-prefix', prefix, answering: other };
    }
  }
  if (await isHealthy(address, options)) {
    return { server: problem.server, kind: 'wrong-prefix', prefix, answering: undefined };
  }
  return problem;
}

/** True for an API that lets us in, and for one that asks for a token as Mastra does. */
async function answersApi(address: ServerAddress, options: HandshakeOptions): Promise<boolean> {
  try {
    const answer = await request(address, {
      method: 'GET',
      segments: ['workflows'],
      query: { partial: 'true' },
      signal: options.signal,
      limits: options.limits ?? {},
    });
    const parsed = parseJson(answer);
    if (parsed.kind === 'other') return false;
    if (answer.status === 200) return workflowListShape.safeParse(parsed.value).success;
    return problemOfAnswer(address, answer).kind === 'unauthorized';
  } catch {
    return false;
  }
}

/** `GET /health` of every Mastra server says `{"success":true}`, whatever its prefix. */
async function isHealthy(address: ServerAddress, options: HandshakeOptions): Promise<boolean> {
  try {
    const answer = await request(address, {
      method: 'GET',
      segments: ['health'],
      outsideApi: true,
      signal: options.signal,
      limits: options.limits ?? {},
    });
    return answer.status === 200 && /^\s*\{\s*"success"\s*:\s*true/.test(answer.text);
  } catch {
    return false;
  }
}
