/** What was heard of a server last. */
import type { ServerAddress } from '../run/http/address.ts';
import { engineLines } from '../run/http/engines.ts';
import { ServerFailure } from '../run/http/problem.ts';
import type { ServerProblem } from '../run/http/problem.ts';
import { connectServer } from '../run/http/server.ts';
import type { ServerFacts } from '../run/http/server.ts';

export type Health =
  /** Not asked yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'well'; readonly facts: ServerFacts; readonly milliseconds: number }
  | { readonly kind: 'ill'; readonly problem: ServerProblem };

/** For a look in passing: who waits longer for an answer than this is not well. */
const limits = { connect: 5_000, silence: 10_000 };

/** Never throws. */
export async function examine(address: ServerAddress, signal?: AbortSignal): Promise<Health> {
  const start = performance.now();
  try {
    const facts = await connectServer(address, { limits, ...(signal === undefined ? {} : { signal }) });
    return { kind: 'well', facts, milliseconds: Math.round(performance.now() - start) };
  } catch (error) {
    if (error instanceof ServerFailure) return { kind: 'ill', problem: error.problem };
    throw error;
  }
}

/** In a few words, for the end of a row. */
export function shortProblem(problem: ServerProblem): string {
  switch (problem.kind) {
    case 'refused':
      return 'not running';
    case 'unreachable':
    case 'dns':
      return 'not reachable';
    case 'timeout':
      return 'does not answer';
    case 'unauthorized':
      return problem.sent ? 'token not accepted' : 'needs a token';
    case 'forbidden':
      return 'not allowed';
    case 'tls':
      return 'no secure connection';
    case 'wrong-prefix':
      return 'wrong API prefix';
    case 'not-mastra':
      return 'not a Mastra server';
    case 'redirected':
      return 'redirects';
    case 'version':
      return problem.version === undefined ? 'unknown version' : `Mastra ${problem.version}: not supported`;
    case 'bad-address':
      return 'wrong URL';
    case 'rejected':
      return `error ${problem.status}`;
    case 'canceled':
      return 'not asked';
    case 'workflow-missing':
    case 'run-missing':
    case 'too-large':
    case 'unsupported':
    case 'end-unknown':
    case 'busy':
      return 'not usable';
  }
}

/** Storage, authentication and engines in words, one fact each. */
export function factLines(facts: ServerFacts): readonly string[] {
  const { workflows } = facts;
  const { engines } = facts;
  return [
    facts.mastraVersion === undefined ? 'It does not say which Mastra it runs.' : `Mastra ${facts.mastraVersion}`,
    workflows.length === 1 ? '1 workflow' : `${workflows.length} workflows`,
    facts.storageType === undefined
      ? 'No storage that it tells of: runs are lost when it restarts.'
      : `Storage: ${facts.storageType}`,
    authLine(facts),
    ...(engines.length === 0 ? [] : [`Engine: ${engines.join(', ')}. ${engineLimits}`]),
    ...engines.flatMap(engineLines),
  ];
}

const engineLimits =
  'What that engine cannot do is not offered where that is known, and else reported with its reason when it is asked for.';

function authLine({ auth }: ServerFacts): string {
  switch (auth.kind) {
    case 'none':
      return 'No authentication: whoever reaches it can use it.';
    case 'required':
      return auth.login === undefined ? 'Authentication: yes' : `Authentication: yes (${auth.login})`;
    case 'unknown':
      return 'It does not say whether it asks for authentication.';
  }
}

/** One sentence on the answer to a handshake. */
export function greeting(name: string, { facts, milliseconds }: Extract<Health, { kind: 'well' }>): string {
  const version = facts.mastraVersion === undefined ? 'Mastra' : `Mastra ${facts.mastraVersion}`;
  const count = facts.workflows.length === 1 ? '1 workflow' : `${facts.workflows.length} workflows`;
  const storage = facts.storageType === undefined ? '' : `, stores runs in ${facts.storageType}`;
  return `${name} answers in ${milliseconds} ms: ${version}, ${count}${storage}.`;
}
