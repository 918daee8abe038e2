/** Errors of sockets and TLS as problems that a person can act on. */
import type { ServerProblemBody, TlsReason } from './problem.ts';

const dnsCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);

const tlsReasons: Readonly<Record<string, TlsReason>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-host',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
  EPROTO: 'not-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
};

/** What an error of `http.request` to `url` says. A host with several addresses gives one error for each: the first one speaks. */
export function transportProblem(error: unknown, url: URL): ServerProblemBody {
  const first: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : 'UNKNOWN';
  const detail = first instanceof Error ? first.message : String(first);
  if (code === 'ECONNREFUSED') return { kind: 'refused' };
  if (dnsCodes.has(code)) return { kind: 'dns', host: url.hostname };
  if (code === 'ETIMEDOUT') return { kind: 'timeout', phase: 'connect', milliseconds: 0 };
  const reason = tlsReasons[code] ?? (/^(ERR_TLS|ERR_SSL|CERT_|ERR_OSSL)/.test(code) ? 'other' : undefined);
  if (reason !== undefined) return { kind: 'tls', reason, detail };
  // Plain http to a TLS port: the answer is no HTTP at all.
  if (code.startsWith('HPE_')) return { kind: 'not-mastra', contentType: undefined };
  return { kind: 'unreachable', code };
}
