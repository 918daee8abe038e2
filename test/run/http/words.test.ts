import assert from 'node:assert/strict';
import type { ServerProblem, ServerProblemBody } from '../../../client/src/run/http/problem.ts';
import { serverProblemText } from '../../../client/src/run/http/words.ts';

const server = 'https://shop.example/mastra';

/** One of each kind, and of each variant that has words of its own. */
const problems: readonly ServerProblemBody[] = [
  { kind: 'bad-address' },
  { kind: 'refused' },
  { kind: 'unreachable', code: 'EHOSTUNREACH' },
  { kind: 'dns', host: 'shop.example' },
  ...(['self-signed', 'expired', 'wrong-host', 'untrusted', 'not-tls', 'other'] as const).map(
    (reason) => ({ kind: 'tls', reason, detail: 'as OpenSSL says' }) as const,
  ),
  { kind: 'timeout', phase: 'connect', milliseconds: 10_000 },
  { kind: 'timeout', phase: 'answer', milliseconds: 30_000 },
  { kind: 'redirected', to: 'https://user:secret@other.example/api?token=secret' },
  { kind: 'redirected', to: '' },
  { kind: 'unauthorized', sent: false },
  { kind: 'unauthorized', sent: true },
  { kind: 'forbidden', message: 'Only for admins.' },
  { kind: 'wrong-prefix', prefix: '/v2', answering: '/api' },
  { kind: 'wrong-prefix', prefix: '', answering: undefined },
  { kind: 'not-mastra', contentType: 'text/html; charset=utf-8' },
  { kind: 'not-mastra', contentType: undefined },
  { kind: 'version', version: '0.24.9', detail: 'workflows: stepGraph' },
  { kind: 'version', version: undefined, detail: 'workflows: stepGraph' },
  { kind: 'workflow-missing', workflow: 'pack', known: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
  { kind: 'workflow-missing', workflow: 'pack', known: [] },
  { kind: 'run-missing', runId: 'r' },
  { kind: 'too-large', message: 'Request body too large' },
  { kind: 'rejected', status: 400, message: 'Invalid input data: \n- value: expected number', issues: [] },
  { kind: 'rejected', status: 409, message: 'Workflow run r already finished', issues: [] },
  { kind: 'rejected', status: 504, message: 'Gateway Timeout', issues: [] },
  { kind: 'rejected', status: 500, message: 'The database is gone.', issues: [] },
  ...(['stream', 'observe', 'resume', 'cancel', 'runs'] as const).map(
    (call) => ({ kind: 'unsupported', call, engine: 'inngest', reason: 'not implemented' }) as const,
  ),
  { kind: 'end-unknown', runId: 'r', reason: 'the server does not answer' },
  { kind: 'busy' },
  { kind: 'canceled' },
];

describe('problems of servers in words', () => {
  const texts = problems.map((problem): readonly [ServerProblem, string] => {
    const whole = { ...problem, server };
    return [whole, serverProblemText(whole)];
  });

  it('are sentences, each its own, without secrets', () => {
    for (const [problem, text] of texts) {
      assert.match(text, /^\S.*[.)]$/s, problem.kind);
      assert.ok(!/\.\.|\s{2}|undefined|secret/.test(text), text);
      assert.ok(text.length < 400, text);
    }
    assert.equal(new Set(texts.map(([, text]) => text)).size, texts.length);
  });

  it('name the server and what to do', () => {
    for (const [problem, text] of texts) {
      if (problem.kind !== 'dns') assert.ok(text.includes(server), text);
      const advice =
        /\b(Start|Check|Try|Give|Set|Use|Add|Renew|Register|Wait|Run|Resume|Cancel|look|[Cc]orrect|restart|sooner)\b|may still go on|takes 4\.5 MB|refused|asked for instead|all the same|canceled|Its own output/;
      assert.match(text, advice, problem.kind);
    }
  });
});
