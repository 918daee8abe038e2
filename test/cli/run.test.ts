/** `run`: a workflow from the command line, as CI uses it: events on stdout, sentences on stderr, the outcome as exit code. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeLog } from '../../common/runlog/file.ts';
import { builtCli, runCli, temporaryProject } from './cli.ts';
import type { Outcome, TemporaryProject } from './cli.ts';

const workflows = `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const schemas = { inputSchema: z.object({ cents: z.number().min(1) }), outputSchema: z.object({ cents: z.number() }) };
const double = createStep({ id: 'double', ...schemas, execute: async ({ inputData }) => ({ cents: inputData.cents * 2 }) });
const refuse = createStep({ id: 'refuse', ...schemas, execute: async () => { throw new Error('no stock'); } });
const ask = createStep({
  id: 'ask',
  ...schemas,
  resumeSchema: z.object({ ok: z.boolean() }),
  execute: async ({ inputData, suspend, resumeData }) => (resumeData === undefined ? suspend({}) : inputData),
});

export const price = createWorkflow({ id: 'price', ...schemas }).then(double).commit();
export const order = createWorkflow({ id: 'order', ...schemas }).then(double).then(refuse).commit();
export const approve = createWorkflow({ id: 'approve', ...schemas }).then(ask).commit();
export const wait = createWorkflow({ id: 'wait', ...schemas }).then(double).sleep(600_000, { id: 'nap' }).then(double).commit();
`;

describe('run', function () {
  this.timeout(60_000);
  let project: TemporaryProject;
  let input: string;

  before(() => {
    project = temporaryProject({ 'src/workflows.ts': workflows, 'input.json': '{ "cents": 5, "apiKey": "hush" }' });
    input = path.join(project.folder, 'input.json');
  });

  after(() => project.remove());

  const run = (workflow: string, ...more: readonly string[]): Promise<Outcome> =>
    runCli(['run', '--workflow', workflow, ...more, project.folder]);

  it('prints every event as a line of JSON and records them in a log without secrets', async () => {
    const log = path.join(project.folder, 'price.mastrarun.jsonl');
    const { exitCode, stdout, stderr } = await run('price', '--input', input, '--log', log);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const printed = eventsIn(stdout);
    assert.deepEqual(
      printed.map(({ type }) => type),
      ['run-started', 'step-started', 'step-succeeded', 'run-finished'],
    );
    assert.deepEqual(printed.at(-1)?.['output'], { cents: 10 });
    const text = readFileSync(log, 'utf8');
    assert.doesNotMatch(text, /hush/);
    const recorded = decodeLog(text);
    if (recorded.kind === 'refused') assert.fail(recorded.reason);
    assert.deepEqual(
      recorded.events.map(({ type }) => type),
      printed.map(({ type }) => type),
    );
    const again = await run('price', '--input', input, '--log', log);
    assert.deepEqual([again.exitCode, again.stdout], [2, '']);
    assert.match(again.stderr, /exists already/);
    assert.equal(readFileSync(log, 'utf8'), text);
  });

  it('says by its exit code how a run ended', async () => {
    const failed = await run('order', '--input', input);
    assert.deepEqual([failed.exitCode, failed.stderr], [1, 'order failed: no stock\n']);
    const suspended = await run('approve', '--input', input);
    assert.equal(suspended.exitCode, 3);
    assert.match(suspended.stderr, /approve is suspended/);
  });

  it('does not start what cannot run, and says why', async () => {
    const wrong = path.join(project.folder, 'wrong.json');
    const broken = path.join(project.folder, 'broken.json');
    writeFileSync(wrong, '{ "cents": "five" }');
    writeFileSync(broken, '{ "cents": ');
    const cases: readonly (readonly [Promise<Outcome>, RegExp])[] = [
      [run('price', '--input', wrong), /The input of price does not fit: cents: /],
      [run('price', '--input', broken), /broken\.json \(--input\) is not JSON/],
      [run('price', '--input', path.join(project.folder, 'none.json')), /none\.json \(--input\) cannot be read/],
      [run('nope'), /There is no workflow 'nope'; there are approve, order, price, wait/],
      [run('price', '--server', 'http://127.0.0.1:9', '--input', input), /Nothing listens at http:\/\/127\.0\.0\.1:9/],
    ];
    for (const [outcome, reason] of cases) {
      const { exitCode, stdout, stderr } = await outcome;
      assert.deepEqual([exitCode, stdout], [2, ''], stderr);
      assert.match(stderr, reason);
    }
  });

  it('cancels the run at Ctrl+C', async () => {
    const child = spawn(process.execPath, [builtCli, 'run', '--workflow', 'wait', '--input', input, project.folder]);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const before = stdout.includes('step-waiting');
      stdout += text;
      if (!before && stdout.includes('step-waiting')) child.kill('SIGINT');
    });
    const exitCode = await new Promise((resolve) => child.once('close', resolve));
    assert.equal(exitCode, 130);
    const last = eventsIn(stdout).at(-1);
    assert.deepEqual([last?.type, last?.['status']], ['run-finished', 'canceled']);
  });
});

interface PrintedEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

function eventsIn(stdout: string): readonly PrintedEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PrintedEvent);
}
