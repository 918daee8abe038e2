/** What is said about servers: whole sentences that tell what to do, and rows that tell how each server is. */
import assert from 'node:assert/strict';
import type { ServerProblem } from '../../client/src/run/http/problem.ts';
import type { ServerFacts } from '../../client/src/run/http/server.ts';
import type { DevNotice, DevServer } from '../../client/src/servers/dev/contract.ts';
import type { DevProblem } from '../../client/src/servers/dev/problem.ts';
import type { DevState } from '../../client/src/servers/dev/state.ts';
import { activeRunsMessage, devNoticeMessage, devProblemMessage } from '../../client/src/servers/dev/words.ts';
import type { Health } from '../../client/src/servers/health.ts';
import { embedded } from '../../client/src/servers/list.ts';
import type { ListedServer } from '../../client/src/servers/list.ts';
import { makeEntry } from '../../client/src/servers/remote/entry.ts';
import { serverRow } from '../../client/src/servers/rows.ts';
import { statusText } from '../../client/src/servers/statusItem.ts';

const file = '/shop/src/mastra/index.ts';
const errors = [
  { message: 'Unexpected ")"', file, line: 3, column: 1 },
  { message: 'Could not resolve "./x"', file, line: 1, column: 1 },
];
const address = { origin: 'http://127.0.0.1:4111', apiPrefix: '/api', studio: 'http://127.0.0.1:4111' };
const facts: ServerFacts = {
  server: 'http://127.0.0.1:4111',
  mastraVersion: '1.71.0',
  storageType: 'LibSQLStore',
  isDev: true,
  auth: { kind: 'none' },
  engines: [],
  workflows: [],
};
const well: Health = { kind: 'well', facts, milliseconds: 12 };
const unknown: Health = { kind: 'unknown' };

const live = { address, owned: true, instance: 'a', readyAt: 0, bundlingAt: undefined } as const;
const states: readonly DevState[] = [
  { kind: 'stopped' },
  { kind: 'starting', since: 0, phase: 'preparing' },
  { kind: 'starting', since: 0, phase: 'bundling' },
  { kind: 'starting', since: 0, phase: 'launching' },
  { kind: 'running', ...live, freshness: { kind: 'current' } },
  { kind: 'running', ...live, owned: false, freshness: { kind: 'current' } },
  { kind: 'running', ...live, freshness: { kind: 'behind', file, since: 0, looked: false, told: false } },
  { kind: 'running', ...live, freshness: { kind: 'broken', file, since: 0, errors } },
  { kind: 'running', ...live, freshness: { kind: 'stuck', file, since: 0 } },
  { kind: 'reloading', ...live, since: 0, announced: true, freshness: { kind: 'current' } },
  { kind: 'died', owned: true, address, poisoned: false },
  { kind: 'died', owned: false, address, poisoned: false },
  { kind: 'stopping' },
  { kind: 'failed', reason: 'exit code 1' },
];

/** A fake of a `mastra dev` that is in a state and does nothing. */
function listed(state: DevState, path = ''): Extract<ListedServer, { kind: 'dev' }> {
  const server = { project: { root: '/shop', entry: file, mastraFolder: '/shop/src/mastra' }, state };
  return { kind: 'dev', id: 'dev:', path, server: server as DevServer };
}

const isSentences = (text: string): void => {
  assert.match(text, /^[A-Z`m.].*[.!?]$/, text);
  assert.doesNotMatch(text, /\n|undefined|\[object|\.\.$| {2}/, text);
};

describe('messages about mastra dev', () => {
  const problems: readonly DevProblem[] = [
    { kind: 'cli-missing', root: '/shop', install: 'npm install --save-dev mastra' },
    { kind: 'node', problem: { kind: 'node-missing', needed: '22.13', found: [] } },
    { kind: 'port-taken', port: 4111 },
    { kind: 'silent', pid: 7, command: 'node server.js' },
    { kind: 'silent', pid: 7, command: undefined },
    { kind: 'exited', reason: 'exit code 1', tail: ['◐ Preparing', 'Error: Cannot find module x.'] },
    { kind: 'died' },
  ];
  const notices: readonly DevNotice[] = [
    { kind: 'say-broken', file, errors },
    { kind: 'say-broken', file: undefined, errors: errors.slice(0, 1) },
    { kind: 'say-stuck', file },
    { kind: 'say-stuck', file: undefined },
    { kind: 'say-died', poisoned: false, owned: true },
    { kind: 'say-died', poisoned: false, owned: false },
    { kind: 'say-died', poisoned: true, owned: true },
    { kind: 'say-exited', reason: 'SIGKILL' },
  ];

  it('are whole sentences, each its own', () => {
    const texts = [
      ...problems.map((problem) => devProblemMessage(problem, 'mastra dev')?.text ?? ''),
      ...notices.map((notice) => devNoticeMessage(notice, 'mastra dev').text),
    ];
    for (const text of texts) isSentences(text);
    assert.equal(new Set(texts).size, texts.length);
    assert.equal(devProblemMessage({ kind: 'canceled' }, 'mastra dev'), undefined);
  });

  it('name the place of a mistake, and what helps against a poisoned run', () => {
    const broken = devNoticeMessage({ kind: 'say-broken', file, errors }, 'mastra dev');
    assert.match(broken.text, /before the last change of index\.ts: .*index\.ts:3: Unexpected "\)".*1 more error\./);
    const poisoned = devNoticeMessage({ kind: 'say-died', poisoned: true, owned: true }, 'mastra dev');
    assert.match(poisoned.text, /mastra_workflow_snapshot/);
    assert.deepEqual(poisoned.actions, ['output', 'embedded', 'stop']);
  });

  it('tell which runs would be executed once more', () => {
    assert.equal(activeRunsMessage([], 'mastra dev'), undefined);
    const message = activeRunsMessage(
      [
        { title: 'place-order', running: true },
        { title: 'place-order', running: false },
        { title: 'send-mail', running: false },
        { title: 'send-mail', running: false },
      ],
      'mastra dev',
    );
    assert.equal(message?.text, 'place-order is running. place-order, send-mail were cut off in the middle of a run.');
    isSentences(message.detail);
  });
});

describe('rows of servers', () => {
  const rowOf = (server: ListedServer, health: Health = unknown, chosen = false): string => {
    const { label, description, icon, abilities } = serverRow(server, { chosen, health, trusted: true });
    return `${label}: ${description} | ${icon.id} ${icon.colour ?? '-'} | ${abilities.join(' ')}`;
  };

  it('tell every state of mastra dev, and offer what can be done in it', () => {
    assert.deepEqual(
      states.map((state) => rowOf(listed(state), state.kind === 'running' ? well : unknown)),
      [
        'mastra dev: not running | server-process - | use start',
        'mastra dev: reading the configuration… | loading~spin - | use stop output',
        'mastra dev: bundling… | loading~spin - | use stop output',
        'mastra dev: starting the server… | loading~spin - | use stop output',
        'mastra dev: running on 4111 · Mastra 1.71.0 | server-process well | use stop restart output url studio token runs',
        'mastra dev: running on 4111 · Mastra 1.71.0 | server-process well | use stop restart url studio token runs',
        'mastra dev: older than the source · Mastra 1.71.0 | server-process warning | use stop restart output url studio token runs',
        'mastra dev: the source does not build · Mastra 1.71.0 | error ill | use stop restart output url studio token runs',
        'mastra dev: does not reload · Mastra 1.71.0 | warning warning | use stop restart output url studio token runs',
        'mastra dev: restarting… | loading~spin - | use stop restart output url studio token runs',
        'mastra dev: its server ended | error ill | use restart stop output',
        'mastra dev: its server ended | error ill | use restart stop',
        'mastra dev: stopping… | loading~spin - | use output',
        'mastra dev: ended unexpectedly | error ill | use start output',
      ],
    );
  });

  it('tell how a remote server is', () => {
    const entry = makeEntry('Staging', 'https://staging.example.com', '/api');
    const staging: ListedServer = { kind: 'remote', id: entry.id, entry, place: 'user' };
    const ill = (problem: ServerProblem): string =>
      rowOf(staging, { kind: 'ill', problem }, true).replace(/ \| url.*/, '');
    const server = 'https://staging.example.com';
    assert.equal(rowOf(staging), 'Staging: staging.example.com | cloud - | use url edit remove test runs');
    assert.equal(
      rowOf(staging, { ...well, facts: { ...facts, engines: ['inngest'] } }, true),
      'Staging: in use · Mastra 1.71.0 · inngest · LibSQL · staging.example.com | cloud well | url edit remove test runs',
    );
    assert.deepEqual(
      [
        ill({ server, kind: 'unauthorized', sent: true }),
        ill({ server, kind: 'unauthorized', sent: false }),
        ill({ server, kind: 'tls', reason: 'expired', detail: 'x' }),
        ill({ server, kind: 'wrong-prefix', prefix: '/api', answering: '/v2' }),
        ill({ server, kind: 'timeout', phase: 'connect', milliseconds: 5 }),
        ill({ server, kind: 'version', version: '0.24.9', detail: 'x' }),
      ],
      [
        'Staging: in use · token not accepted · staging.example.com | lock warning',
        'Staging: in use · needs a token · staging.example.com | lock warning',
        'Staging: in use · no secure connection · staging.example.com | error ill',
        'Staging: in use · wrong API prefix · staging.example.com | error ill',
        'Staging: in use · does not answer · staging.example.com | error ill',
        'Staging: in use · Mastra 0.24.9: not supported · staging.example.com | error ill',
      ],
    );
  });

  it('say what they are in a tooltip, line by line', () => {
    for (const server of [embedded, ...states.map((state) => listed(state))]) {
      const { tooltip } = serverRow(server, { chosen: true, health: well, trusted: false });
      assert.match(tooltip, /^Runs go here\.\n[^]+\nTrust the workspace to use it\.$/);
      assert.doesNotMatch(tooltip, /undefined|\n\n/);
    }
  });
});

describe('the status bar', () => {
  it('is silent for the embedded runner and tells the rest, louder when something is wrong', () => {
    assert.equal(statusText(embedded), undefined);
    assert.deepEqual(
      states.map((state) => {
        const { text, warning } = statusText(listed(state)) ?? { text: '', warning: false };
        return `${text}${warning ? ' !' : ''}`;
      }),
      [
        '$(server-process) mastra dev: not running',
        '$(loading~spin) mastra dev',
        '$(loading~spin) mastra dev',
        '$(loading~spin) mastra dev',
        '$(server-process) mastra dev',
        '$(server-process) mastra dev',
        '$(server-process) mastra dev',
        '$(warning) mastra dev: the source does not build !',
        '$(warning) mastra dev: does not reload !',
        '$(loading~spin) mastra dev',
        '$(warning) mastra dev: its server ended !',
        '$(warning) mastra dev: its server ended !',
        '$(loading~spin) mastra dev',
        '$(warning) mastra dev: ended unexpectedly !',
      ],
    );
  });
});
