/** A few mutants of every kind; all of them are planted by `npm run mutate`. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { projects } from '../harness/paths.ts';
import { kinds, mutantsOf } from './kinds/index.ts';
import { mutated } from './mutant.ts';
import { openProject, type MutationProject } from './project.ts';
import { formatMisses } from './report.ts';
import { judgeMutant, plan, type Judged } from './run.ts';

describe('mutants', function () {
  this.timeout(240_000);
  let project: MutationProject;
  before(async () => {
    project = await openProject(path.join(projects, 'orders'));
  });
  after(() => project.close());

  it('are changes of the text', () => {
    const change = (start: number, end: number, text: string) => ({ file: '/a.ts', start, end, text });
    assert.equal(mutated('abcdef', '/a.ts', [change(1, 2, 'X'), change(4, 4, 'YY')]), 'aXcdYYef');
    assert.equal(mutated('abcdef', '/b.ts', [change(1, 2, 'X')]), 'abcdef');
  });

  it('are of many kinds, and far more than a few', () => {
    const counts = kinds.map((kind) => mutantsOf(kind, project).length);
    assert.ok(counts.filter((count) => count > 0).length >= 20, counts.join(' '));
    assert.ok(counts.reduce((sum, count) => sum + count, 0) >= 500, counts.join(' '));
  });

  it('are found, and nothing is left of them', async () => {
    assert.deepEqual(
      project.findings.filter(({ severity }) => severity === 'error' || severity === 'warning'),
      [],
    );
    const judged: Judged[] = [];
    for (const mutant of plan(project, 1, 7).mutants) judged.push(await judgeMutant(project, mutant));
    const share = judged.filter(({ outcome }) => outcome === 'found').length / judged.length;
    assert.ok(share >= 0.9, formatMisses(judged));
    assert.deepEqual(await project.judge([]), []);
  });
});
