import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { known, opaque } from '../../common/model/known.ts';
import { formerReason } from '../../server/src/extract/builder.ts';
import { loop, step, workflow } from '../rules/models.ts';
import { edgesOf } from './edges.ts';
import { formatFindings, formatProjects, formatReasons, formatRules, sumOf, type ProjectReport } from './report.ts';

const broken = path.resolve(import.meta.dirname, '../projects/broken');

describe('corpus', () => {
  it('counts the edges of a workflow, and those about which nothing is known', () => {
    const unknown = { kind: 'opaque', reason: 'no types' } as const;
    const edges = edgesOf([
      workflow('w', [step('a', 1, { check: unknown }), loop(2, step('b', 2), { again: unknown })], { end: unknown }),
      workflow('empty', [], { end: unknown }),
    ]);
    assert.deepEqual([edges.all, edges.opaque, [...edges.reasons]], [5, 3, [['no types', 3]]]);
    assert.deepEqual(edgesOf([workflow('w', [step('a', 1, { id: known('a'), needs: opaque('x') })])]).opaque, 0);
  });

  it('counts the edges of chains as they were before 0.10 apart', () => {
    const former = { kind: 'opaque', reason: formerReason('step') } as const;
    const edges = edgesOf([
      workflow('old', [step('a', 1, { check: former }), step('b', 2)], { end: former }),
      workflow('new', [step('a', 1)]),
    ]);
    assert.deepEqual(edges, { all: 2, opaque: 0, legacy: 3, reasons: new Map() });
  });

  it('counts those of a workflow with a triggerSchema apart', () => {
    const old = workflow('old', [step('a', 1, { check: { kind: 'opaque', reason: 'no types' } })]);
    const fact = { kind: 'legacy-api', shape: 'trigger-schema', file: old.file, edits: undefined } as const;
    assert.equal(edgesOf([old], [{ ...fact, range: old.nameRange }]).legacy, 2);
    assert.equal(edgesOf([old], [{ ...fact, range: old.nameRange, file: '/other.ts' }]).legacy, 0);
  });

  it('reports on a project', function () {
    this.timeout(60_000);
    const output = execFileSync(process.execPath, [path.join(import.meta.dirname, 'project.ts'), broken], {
      encoding: 'utf8',
    });
    const report = JSON.parse(output) as ProjectReport;
    assert.deepEqual(report.crashes, []);
    assert.ok(
      report.findings.some(({ rule, place }) => rule === 'schema-mismatch' && /^src\/.*\.ts:\d+:\d+$/.test(place)),
    );
    const named = [{ ...report, name: 'broken' }];
    assert.match(formatProjects(named), /\nbroken +\d+ +\d+ +\d+ +\d+\.\d % +0 /);
    assert.match(formatRules(named), /\nschema-mismatch +\d+ +\d+\n/);
    assert.match(formatFindings(named), /^\| project .*\n.*\n\| broken \| src\/.* \| error \| /);
    assert.equal(formatFindings([{ ...sumOf([]), name: 'none' }]), 'No findings.');
    assert.equal(formatReasons([{ ...sumOf([]), name: 'none' }]), 'No edge is opaque.');
  });
});
