/** What axe finds wrong with a page. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A name begins with the title of what it names and goes on in words made for ears, not with the text on the box. */
const namesForEars = ['label-content-name-mismatch'];

/**
 * Violations by rule and element, but for rules that the page leaves out on purpose. axe is put in through the debugger,
 * so the page's policy stays as it is.
 */
export async function violations(
  panel: { readonly page: Page },
  leftOut: readonly string[] = namesForEars,
): Promise<readonly string[]> {
  await panel.page.evaluate(await readFile(axePath, 'utf8'));
  const results = await panel.page.evaluate(
    (rules) => (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run({ rules }),
    Object.fromEntries(leftOut.map((rule) => [rule, { enabled: false }])),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
  );
}
