/** A few mutants of every kind; all of them are planted by `npm run mutate`. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { projects } from '../harness/paths.ts';
import { kinds, mutantsOf } from './kinds/index.ts';
import { mutated } from './mutant.ts';
import { openProject, type MutationProject } from './project.ts';
import { alarmsOf, formatKinds, formatMisses, formatTruth } from './report.ts';
import { judgeMutant, plan, type Judged } from './run.ts';
import { askOracles } from './truth.ts';

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

  it('are put before the compiler and the real Mastra, who tell mistakes from what is harmless', async () => {
    const wanted = ['drop commit', 'duplicate an id', 'an option that Mastra does not have', 'resume without a schema'];
    const judged: Judged[] = [];
    for (const mutant of plan(project, 2, 7).mutants) {
      if (wanted.includes(mutant.kind)) judged.push(await judgeMutant(project, mutant));
    }
    const known = await askOracles(project, judged, 1, () => undefined);
    const truthOf = (kind: string) =>
      known
        .flatMap(({ mutant, truth }) => (mutant.kind === kind ? [truth] : []))
        .find((each) => each.kind !== 'not-asked');
    // Both are registered, which commits them, and a hint is all that is said.
    assert.equal(truthOf('drop commit')?.kind, 'harmless');
    assert.deepEqual(alarmsOf(known), []);
    const option = truthOf('an option that Mastra does not have');
    assert.ok(option?.kind === 'mistake' && option.by === 'tsc');
    const id = truthOf('duplicate an id');
    assert.ok(id?.kind === 'mistake' && id.by === 'mastra');
    assert.equal(truthOf('resume without a schema'), undefined);
    assert.match(formatTruth(known), /\ndrop commit +1 +0 +0 +1\n/);
    assert.match(formatKinds(known), /\ndrop commit +2 +1 +0 +0 +1\n/);
  });
});
