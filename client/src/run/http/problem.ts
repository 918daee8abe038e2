/** Everything that can go wrong between the extension and a Mastra server, as data. words.ts puts it into sentences. */
import type { InputIssue } from '../protocol.ts';

/** A call that not every server or engine offers. */
export type ServerCall = 'stream' | 'observe' | 'resume' | 'cancel' | 'runs';

export type TlsReason = 'self-signed' | 'expired' | 'wrong-host' | 'untrusted' | 'not-tls' | 'other';

interface OfServer {
  /** `http://localhost:4111`: never with user or password. */
  readonly server: string;
}

export type ServerProblem = OfServer &
  (
    | { readonly kind: 'bad-address' }
    /** Nothing listens there. */
    | { readonly kind: 'refused' }
    /** No way to the host, or the connection was cut. `code` as the system names it, e.g. `EHOSTUNREACH`. */
    | { readonly kind: 'unreachable'; readonly code: string }
    | { readonly kind: 'dns'; readonly host: string }
    | { readonly kind: 'tls'; readonly reason: TlsReason; readonly detail: string }
    | { readonly kind: 'timeout'; readonly phase: 'connect' | 'answer'; readonly milliseconds: number }
    | { readonly kind: 'redirected'; readonly to: string }
    /** 401; `sent` when the request carried something to authenticate with. */
    | { readonly kind: 'unauthorized'; readonly sent: boolean }
    | { readonly kind: 'forbidden'; readonly message: string | undefined }
    /** A Mastra server, but not under this prefix. */
    | { readonly kind: 'wrong-prefix'; readonly prefix: string; readonly answering: string | undefined }
    | { readonly kind: 'not-mastra'; readonly contentType: string | undefined }
    /** The answer is that of a Mastra that this extension does not know. `version` of `@mastra/core` when the server tells. */
    | { readonly kind: 'version'; readonly version: string | undefined; readonly detail: string }
    | { readonly kind: 'workflow-missing'; readonly workflow: string; readonly known: readonly string[] }
    | { readonly kind: 'run-missing'; readonly runId: string }
    | { readonly kind: 'too-large'; readonly message: string | undefined }
    /** The server's own answer; `issues` where it names fields. */
    | {
        readonly kind: 'rejected';
        readonly status: number;
        readonly message: string;
        readonly issues: readonly InputIssue[];
      }
    | {
        readonly kind: 'unsupported';
        readonly call: ServerCall;
        readonly engine: string | undefined;
        readonly reason: string;
      }
    /** The author stopped watching, or the call was refused, before the server said how the run ended. */
    | { readonly kind: 'end-unknown'; readonly runId: string; readonly reason: string }
    /** A run goes on over this connection already. */
    | { readonly kind: 'busy' }
    | { readonly kind: 'canceled' }
  );

export type ServerProblemKind = ServerProblem['kind'];

type WithoutServer<P> = P extends unknown ? Omit<P, 'server'> : never;

/** A problem before it is known whose it is. */
export type ServerProblemBody = WithoutServer<ServerProblem>;

export class ServerFailure extends Error {
  readonly problem: ServerProblem;
  constructor(problem: ServerProblem) {
    super(problem.kind);
    this.name = 'ServerFailure';
    this.problem = problem;
  }
}

/** The problem behind anything that a call threw. What is none of ours is a mistake of ours and thrown again. */
export function problemOf(error: unknown): ServerProblem {
  if (error instanceof ServerFailure) return error.problem;
  throw error;
}
