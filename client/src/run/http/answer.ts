/** Answers of the API as data: JSON of a known shape, or the problem that a status and a body tell of. */
import type * as z from 'zod/mini';
import type { InputIssue } from '../protocol.ts';
import { serverName } from './address.ts';
import type { ServerAddress } from './address.ts';
import { ServerFailure } from './problem.ts';
import type { ServerCall, ServerProblemBody } from './problem.ts';
import { request } from './request.ts';
import type { ServerAnswer, ServerRequest } from './request.ts';
import { errorShape } from './shapes.ts';

/** Sends, checks, reads. Throws ServerFailure for every other answer than a success of that shape. */
export async function call<T>(address: ServerAddress, asked: ServerRequest, shape: z.ZodMiniType<T>): Promise<T> {
  const answer = await request(address, asked);
  const problem = answer.status === 200 ? undefined : problemOfAnswer(address, answer);
  if (problem !== undefined) throw failure(address, problem);
  const parsed = parseJson(answer);
  if (parsed.kind === 'other') throw failure(address, { kind: 'not-mastra', contentType: answer.contentType });
  const checked = shape.safeParse(parsed.value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const detail = `${asked.segments.join('/')}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
  throw failure(address, { kind: 'version', version: undefined, detail });
}

export function failure(address: ServerAddress, problem: ServerProblemBody): ServerFailure {
  return new ServerFailure({ ...problem, server: serverName(address) });
}

export function parseJson(
  answer: ServerAnswer,
): { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'other' } {
  try {
    return { kind: 'json', value: JSON.parse(answer.text) as unknown };
  } catch {
    return { kind: 'other' };
  }
}

/** What an answer that is no success says. Whether a bare 404 means the prefix or the whole server is found out in server.ts. */
export function problemOfAnswer(address: ServerAddress, answer: ServerAnswer): ServerProblemBody {
  const { status } = answer;
  const parsed = parseJson(answer);
  const told = parsed.kind === 'json' ? errorShape.safeParse(parsed.value) : undefined;
  const message = told?.success === true ? told.data.error : undefined;
  if (status >= 300 && status < 400) return { kind: 'redirected', to: answer.location ?? '' };
  if (status === 401) return { kind: 'unauthorized', sent: sendsCredentials(address) };
  if (status === 403) return { kind: 'forbidden', message };
  if (status === 413) return { kind: 'too-large', message };
  if (message === undefined && (status === 404 || status < 300)) {
    return { kind: 'not-mastra', contentType: answer.contentType };
  }
  const issues = [
    ...((told?.success === true && told.data.issues) || []).map((issue) => ({
      path: issue.field.split('.'),
      message: issue.message,
    })),
    ...issuesOfMessage(message ?? ''),
  ];
  return { kind: 'rejected', status, message: message ?? plainText(answer), issues };
}

/**
 * The fields that a validation error of Mastra names, from its text: `Invalid input data: \n- items.0.qty: Invalid input: ...`.
 * Empty for every other text.
 */
export function issuesOfMessage(message: string): readonly InputIssue[] {
  if (!/^(Invalid|Step input validation failed)/.test(message)) return [];
  return message.split('\n').flatMap((line): readonly InputIssue[] => {
    const field = /^- ([^:]*): (.+)$/.exec(line);
    if (field === null) return [];
    const [, path = '', text = ''] = field;
    return [{ path: path === '' ? [] : path.split('.'), message: text }];
  });
}

/** The problem when a call itself is not there: a server of another version, or an engine that cannot do it. */
export function unsupported(problem: ServerProblemBody, call: ServerCall): ServerProblemBody | undefined {
  const missing = problem.kind === 'not-mastra';
  const refused =
    problem.kind === 'rejected' &&
    (problem.status === 501 ||
      problem.status === 405 ||
      /\bnot (yet )?(supported|implemented)\b|does not support/i.test(problem.message));
  if (!missing && !refused) return undefined;
  const reason = problem.kind === 'rejected' ? problem.message : 'the server does not know this call';
  return {
    kind: 'unsupported',
    call,
    engine: /\b(inngest|temporal|evented)\b/i.exec(reason)?.[1]?.toLowerCase(),
    reason,
  };
}

/** The problem of an answer to `call`. */
export function problemOfCall(address: ServerAddress, answer: ServerAnswer, call: ServerCall): ServerProblemBody {
  const problem = problemOfAnswer(address, answer);
  return unsupported(problem, call) ?? problem;
}

function sendsCredentials(address: ServerAddress): boolean {
  return Object.keys(address.headers).length > 0 || /\/\/[^/]*@/.test(address.url);
}

/** The words of a page that is no JSON, short. */
function plainText(answer: ServerAnswer): string {
  const text = answer.text
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? `HTTP ${answer.status}` : text.slice(0, 300);
}
