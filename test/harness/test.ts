/**
 * `npm test`: every tier (tiers.ts). `npm test -- unit rules` runs only those; what starts with a dash goes to mocha, as in
 * `npm test -- unit --grep branch`. The last line is always `N passed, N failed`, summed over the tiers that ran.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { artifacts } from './paths.ts';
import { main, seconds } from './process.ts';
import { tiers } from './tiers.ts';
import type { Tier, TierResult } from './tiers.ts';

await main(async () => {
  const args = process.argv.slice(2);
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const names = firstOption === -1 ? args : args.slice(0, firstOption);
  const mochaArgs = firstOption === -1 ? [] : args.slice(firstOption);
  const unknown = names.filter((name) => !tiers.some((tier) => tier.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no tier ${unknown.join(', ')}; there are ${tiers.map((tier) => tier.name).join(', ')}.`);

  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const tier of tiers.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const start = performance.now();
    console.log(`\n=== ${tier.name}`);
    const result = await runTier(tier, mochaArgs);
    const failures = result.failed + (result.crashed === undefined ? 0 : 1);
    passed += result.passed;
    failed += failures;
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
    const crashed = result.crashed === undefined ? '' : ` (${result.crashed})`;
    const line = `${tier.name}: ${result.passed} passed, ${failures} failed${skipped}${crashed} in ${seconds(start)} s`;
    console.log(`=== ${line}`);
    lines.push(line);
  }
  const summary = `${passed} passed, ${failed} failed`;
  mkdirSync(artifacts, { recursive: true });
  writeFileSync(path.join(artifacts, 'summary.txt'), `${summary}\n`);
  console.log(`\n${lines.join('\n')}\n${summary}`);
  return failed === 0 ? 0 : 1;
});

/** A tier that threw, or ran nothing, has failed. */
async function runTier(tier: Tier, mochaArgs: readonly string[]): Promise<TierResult> {
  try {
    const result = await tier.run(mochaArgs);
    const ranNothing = result.passed + result.failed === 0 && mochaArgs.length === 0;
    return ranNothing ? { ...result, crashed: result.crashed ?? 'no test ran' } : result;
  } catch (error) {
    return { passed: 0, failed: 0, skipped: 0, crashed: error instanceof Error ? error.message : String(error) };
  }
}
