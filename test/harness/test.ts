/**
 * `npm test`: every tier (tiers.ts). `npm test -- unit rules` runs only those; what starts with a dash goes to mocha, as in
 * `npm test -- unit --grep branch`. The last line is always `N passed, N failed`, summed over the tiers that ran.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { artifacts } from './paths.ts';
import { main, seconds } from './process.ts';
import { lanes, tiers } from './tiers.ts';
import type { Tier, TierOptions, TierResult } from './tiers.ts';

await main(async () => {
  const args = process.argv.slice(2);
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const names = firstOption === -1 ? args : args.slice(0, firstOption);
  const mochaArgs = firstOption === -1 ? [] : args.slice(firstOption);
  const unknown = names.filter((name) => !tiers.some((tier) => tier.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no tier ${unknown.join(', ')}; there are ${tiers.map((tier) => tier.name).join(', ')}.`);

  const selected = tiers.filter(({ name }) => names.length === 0 || names.includes(name));
  const unprepared = await prepare(selected);
  const show = selected.length === 1 ? 'live' : 'at-end';
  const outcomes = new Map<Tier, Outcome>();
  const runLane = async (lane: Tier['lane']): Promise<void> => {
    for (const tier of selected.filter((each) => each.lane === lane)) {
      const start = performance.now();
      const reason = unprepared.get(tier);
      const result =
        reason === undefined ? await runTier(tier, { mochaArgs, show }) : { ...nothingRan, crashed: reason };
      const outcome = outcomeOf(tier, result, seconds(start));
      outcomes.set(tier, outcome);
      console.log(`=== ${outcome.line}\n`);
    }
  };
  await Promise.all(lanes.map(runLane));

  const told = selected.flatMap((tier) => outcomes.get(tier) ?? []);
  const passed = told.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = told.reduce((sum, outcome) => sum + outcome.failed, 0);
  const summary = `${passed} passed, ${failed} failed`;
  mkdirSync(artifacts, { recursive: true });
  writeFileSync(path.join(artifacts, 'summary.txt'), `${summary}\n`);
  // Once more at the end: a log that is cut is cut at its beginning.
  const failures = told.flatMap((outcome) => outcome.failures);
  if (failures.length > 0) console.log(`\nWhat failed:\n${failures.join('\n')}`);
  console.log(`\n${told.map(({ line }) => line).join('\n')}\n${summary}`);
  return failed === 0 ? 0 : 1;
});

interface Outcome {
  readonly passed: number;
  /** A tier that crashed counts as one failure. */
  readonly failed: number;
  /** All of it, for people. */
  readonly line: string;
  readonly failures: readonly string[];
}

const nothingRan: TierResult = { passed: 0, failed: 0, skipped: 0 };

/** One after the other, as several tiers need the same. The answer is for which of them it did not work out, and why. */
async function prepare(selected: readonly Tier[]): Promise<ReadonlyMap<Tier, string>> {
  const failed = new Map<Tier, string>();
  for (const tier of selected) {
    await tier.prepare?.().catch((error: unknown) => failed.set(tier, messageOf(error)));
  }
  return failed;
}

function outcomeOf(tier: Tier, result: TierResult, took: string): Outcome {
  const { passed, failed: wrong, skipped: left, crashed: reason, failures = [] } = result;
  const failed = wrong + (reason === undefined ? 0 : 1);
  const skipped = left > 0 ? `, ${left} skipped` : '';
  const crashed = reason === undefined ? '' : ` (${reason})`;
  return {
    passed,
    failed,
    line: `${tier.name}: ${passed} passed, ${failed} failed${skipped}${crashed} in ${took} s`,
    failures: failures.map((failure) => `${tier.name}: ${failure}`),
  };
}

/** A tier that threw, or ran nothing, has failed. */
async function runTier(tier: Tier, options: TierOptions): Promise<TierResult> {
  try {
    const result = await tier.run(options);
    const isEmpty = result.passed + result.failed === 0 && options.mochaArgs.length === 0;
    return isEmpty ? { ...result, crashed: result.crashed ?? 'no test ran' } : result;
  } catch (error) {
    return { ...nothingRan, crashed: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
