import assert from 'node:assert/strict';
import { known, opaque } from '../../common/model/known.ts';
import type { ProjectModel } from '../../common/model/project.ts';
import type { RuleId } from '../../common/protocol/rules.ts';
import { findingsOf, monitorRules, type Rule } from '../../server/src/rules/index.ts';
import {
  differs,
  foreach,
  line,
  loop,
  missing,
  nested,
  parallel,
  project,
  step,
  uncommitted,
  workflow,
} from './models.ts';

/** `line severity rule: message`, in order. */
function told(model: ProjectModel, settings: Parameters<typeof findingsOf>[1] = {}): readonly string[] {
  return findingsOf(model, settings).map(
    ({ range, severity, rule, message }) => `${range.start.line} ${severity} ${rule}: ${message}`,
  );
}

function related(model: ProjectModel): readonly (readonly string[])[] {
  return findingsOf(model).map((finding) =>
    finding.related.map(({ file, range, message }) => `${file}:${range.start.line} ${message}`),
  );
}

describe('findings', () => {
  const twoMistakes = project([
    workflow('w', [step('b', 5, { check: missing('x') }), step('b', 2)], { end: missing('y') }),
  ]);

  it('are sorted by position', () => {
    assert.deepEqual(
      findingsOf(twoMistakes).map(({ range, rule }) => [range.start.line, rule]),
      [
        [0, 'output-mismatch'],
        [2, 'duplicate-step-id'],
        [5, 'schema-mismatch'],
      ],
    );
  });

  it('have the severity of the settings, or are off', () => {
    assert.deepEqual(
      findingsOf(twoMistakes, { 'output-mismatch': 'off', 'schema-mismatch': 'info' }).map(({ rule, severity }) => [
        rule,
        severity,
      ]),
      [
        ['duplicate-step-id', 'warning'],
        ['schema-mismatch', 'info'],
      ],
    );
  });

  it('name the entry by its address, for the graph', () => {
    const model = project([workflow('w', [parallel(1, [step('a', 2), step('b', 3, { check: missing('x') })])])]);
    assert.deepEqual(
      findingsOf(model).map(({ workflow: key, address }) => [key, address]),
      [['/a.ts#w', 'parallel/b']],
    );
  });

  it('are those of the other rules where one fails', () => {
    const failing = workflow('w', [step('a', 1, { check: missing('x') })]);
    Object.defineProperty(failing, 'commit', {
      get() {
        throw new Error('of the test');
      },
    });
    const failed: string[] = [];
    const monitor = monitorRules({ onFailure: (rule) => failed.push(rule), now: () => 0 });
    const findings = findingsOf(project([failing]), {}, monitor.run);
    findingsOf(project([failing]), {}, monitor.run);
    assert.deepEqual(failed, ['missing-commit'], 'told once');
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['schema-mismatch'],
    );
    assert.throws(() => findingsOf(project([failing])), /of the test/);
  });
});

describe('times of the rules', () => {
  it('are told with the slowest first, and begin anew', () => {
    let now = 0;
    const monitor = monitorRules({ onFailure: () => undefined, now: () => now });
    assert.equal(monitor.times(), undefined);
    const rule = (id: RuleId, takes: number): Rule => ({
      id,
      summary: '',
      check() {
        now += takes;
        return [];
      },
    });
    const model = project([]);
    for (const each of [rule('missing-commit', 1), rule('schema-mismatch', 2.25), rule('missing-commit', 0.5)]) {
      assert.deepEqual(monitor.run(each, model), []);
    }
    assert.equal(monitor.times(), 'Rules: 3.8 ms (schema-mismatch 2.3, missing-commit 1.5)');
    assert.equal(monitor.times(), undefined);
  });
});

describe('schema-mismatch', () => {
  const input = "the workflow's input";

  it('points at the provider and at the declaration', () => {
    const definition = { file: '/steps.ts', range: line(40) };
    const model = project([
      workflow('w', [
        step('a', 1, { definition: { file: '/steps.ts', range: line(30) } }),
        step('b', 2, { definition, check: missing('x') }),
      ]),
    ]);
    assert.deepEqual(related(model), [['/steps.ts:30 `a` provides `Arrives`', '/steps.ts:40 Step `b` needs `Needs`']]);
  });

  it('says one thing about a loop: the first round before the next', () => {
    const body = step('a', 1, { check: missing('x') });
    assert.deepEqual(told(project([workflow('w', [loop(1, body, { check: missing('x'), again: missing('y') })])])), [
      `1 error schema-mismatch: Step \`a\` needs \`x: string\`, but ${input} does not provide it.`,
    ]);
    assert.deepEqual(told(project([workflow('w', [loop(1, step('a', 1), { again: missing('y') })])])), [
      '1 error schema-mismatch: Step `a` needs `y: string`, but its own output, which feeds the next round, does not provide it.',
    ]);
  });

  it('says one thing about `.foreach`: of the elements at the step, else of the array', () => {
    const inElement = differs({ kind: 'missing', path: ['[]', 'x'], needs: 'string' });
    const body = step('a', 1, { check: missing('x') });
    assert.deepEqual(told(project([workflow('w', [foreach(1, body, { check: inElement })])])), [
      `1 error schema-mismatch: Step \`a\` needs \`x: string\`, but each element of ${input} does not provide it.`,
    ]);
    const noArray = differs({ kind: 'type', path: [], arrives: 'string', needs: 'string[]' });
    assert.deepEqual(told(project([workflow('w', [foreach(1, step('a', 1), { check: noArray })])])), [
      `1 error foreach-not-array: \`.foreach\` needs an array, but ${input} provides \`Arrives\`.`,
    ]);
  });

  it('writes places in the data as code', () => {
    const check = differs({
      kind: 'type',
      path: ['lines', '[]', 'unit price', 'net'],
      arrives: 'string',
      needs: 'number',
    });
    assert.deepEqual(told(project([workflow('w', [step('a', 1, { check })])])), [
      `1 error schema-mismatch: Step \`a\` needs \`lines[]["unit price"].net: number\`, but ${input} provides \`lines[]["unit price"].net: string\`.`,
    ]);
  });

  it('cuts long types', () => {
    const check = differs({ kind: 'type', path: ['x'], arrives: 'string', needs: `{ ${'a: string; '.repeat(40)}}` });
    const [message = ''] = told(project([workflow('w', [step('a', 1, { check })])]));
    assert.ok(message.length < 220, message);
    assert.match(message, /…`, but/);
  });

  it('names steps without a known id by their kind', () => {
    const nameless = { id: opaque('computed') };
    const model = project([
      workflow('w', [step('a', 1, nameless), step('b', 2, { ...nameless, check: missing('x') })]),
    ]);
    assert.deepEqual(told(model), [
      '2 error schema-mismatch: This step needs `x: string`, but the previous step does not provide it.',
    ]);
  });

  it('is an error where Mastra validates, in the version of the file', () => {
    const old = workflow('old', [step('a', 1, { check: missing('x') })], { file: '/old.ts' });
    const model = {
      ...project([old, workflow('new', [step('a', 1, { check: missing('x') })])]),
      otherInstallations: new Map([['/old.ts', { kind: 'installed' as const, version: '0.24.9' }]]),
    };
    assert.deepEqual(
      findingsOf(model)
        .map(({ workflow: key, severity }) => [key, severity])
        .sort(),
      [
        ['/a.ts#new', 'error'],
        ['/old.ts#old', 'warning'],
      ],
    );
  });
});

describe('output-mismatch', () => {
  it('points at the last step', () => {
    const model = project([workflow('w', [step('a', 1), step('b', 2)], { end: missing('x') })]);
    assert.deepEqual(related(model), [['/a.ts:2 The chain ends here with `Arrives`']]);
  });

  it('is silent where the end of the chain is not known', () => {
    const at = [step('a', 1)];
    for (const given of [
      { incomplete: 'built in a loop' },
      { commit: { kind: 'unknown', reason: 'committed elsewhere' } as const },
    ]) {
      assert.deepEqual(told(project([workflow('w', at, { end: missing('x'), ...given })])), []);
    }
    const uses = [{ workflow: '/a.ts#w', kind: 'extended' as const, file: '/b.ts', range: line(1) }];
    assert.deepEqual(told(project([workflow('w', at, { end: missing('x') })], { uses })), []);
  });
});

describe('missing-commit', () => {
  const open = workflow('open', [step('a', 1)], uncommitted);
  const use = (kind: 'registered' | 'run' | 'other' | 'extended') => ({
    workflow: open.key,
    kind,
    file: '/index.ts',
    range: line(7),
  });

  it('points at who runs it', () => {
    const outer = workflow('outer', [nested('open', 3, open.key)], { file: '/b.ts' });
    assert.deepEqual(related(project([open, outer])), [['/a.ts:3 `outer` runs it as a step here']]);
    assert.deepEqual(related(project([open], { uses: [use('run')] })), [['/index.ts:7 It is run here']]);
    assert.deepEqual(related(project([open], { uses: [use('registered')] })), [['/index.ts:7 It is registered here']]);
  });

  it('is a hint for a workflow that is registered, whoever runs it besides', () => {
    const outer = workflow('outer', [nested('open', 3, open.key)], { file: '/b.ts' });
    const [finding] = findingsOf(project([open, outer], { uses: [use('run'), use('registered')] }));
    assert.equal(finding?.severity, 'hint');
  });

  it('offers one preferred fix', () => {
    const [finding] = findingsOf(project([open]));
    assert.deepEqual(finding?.fixes, [
      { title: 'Add `.commit()`', preferred: true, edits: [{ file: '/a.ts', range: line(98), newText: '.commit()' }] },
    ]);
  });

  it('is silent where another file goes on with the chain, where it is empty or read in part', () => {
    assert.deepEqual(told(project([open], { uses: [use('extended')] })), []);
    assert.deepEqual(told(project([workflow('w', [], uncommitted)])), []);
    assert.deepEqual(
      told(project([workflow('w', [step('a', 1)], { ...uncommitted, incomplete: 'built in a loop' })])),
      [],
    );
  });
});

describe('workflow-cycle', () => {
  it('leads around the circle, from the finding back to its workflow', () => {
    const key = (name: string) => `/${name}.ts#${name}`;
    const member = (name: string, next: string, at: number) =>
      workflow(name, [nested(next, at, key(next), { file: `/${name}.ts` })], { file: `/${name}.ts` });
    const model = project([member('a', 'b', 1), member('b', 'c', 2), member('c', 'a', 3)]);
    assert.deepEqual(related(model), [
      ['/b.ts:2 `b` contains `c` here', '/c.ts:3 `c` contains `a` here'],
      ['/c.ts:3 `c` contains `a` here', '/a.ts:1 `a` contains `b` here'],
      ['/a.ts:1 `a` contains `b` here', '/b.ts:2 `b` contains `c` here'],
    ]);
  });

  it('goes the shortest way round, and ends in a web of circles', () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f'];
    const web = all.map((name) =>
      workflow(
        name,
        all.map((other, index) => nested(other, index, `/a.ts#${other}`)),
      ),
    );
    const findings = findingsOf(project(web)).filter(({ rule }) => rule === 'workflow-cycle');
    assert.equal(findings.length, 36);
    assert.ok(findings.every((finding) => finding.related.length <= 1));
  });

  it('is silent about workflows outside the project', () => {
    assert.deepEqual(told(project([workflow('a', [nested('b', 1, '/elsewhere.ts#b')])])), []);
    assert.deepEqual(told(project([workflow('a', [nested('b', 1, '', { target: opaque('computed') })])])), []);
  });
});

describe('duplicate-step-id', () => {
  it('points at the first use', () => {
    assert.deepEqual(related(project([workflow('w', [step('a', 1), step('b', 2), step('a', 3), step('a', 4)])])), [
      ['/a.ts:1 `a` is first used here'],
      ['/a.ts:1 `a` is first used here'],
    ]);
  });

  it('looks into boxes and not into nested workflows', () => {
    const inner = workflow('inner', [step('a', 10)]);
    const model = project([
      inner,
      workflow('w', [step('a', 1), nested('inner', 2, inner.key), foreach(3, step('a', 4))]),
    ]);
    assert.deepEqual(
      findingsOf(model).map(({ range }) => range.start.line),
      [4],
    );
  });

  it('is silent about ids that are not known', () => {
    const nameless = { id: opaque('computed') };
    assert.deepEqual(told(project([workflow('w', [step('a', 1, nameless), step('a', 2, nameless)])])), []);
    assert.deepEqual(told(project([workflow('w', [step('a', 1), step('x', 2, { id: known('b') })])])), []);
  });
});
