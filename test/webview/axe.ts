/** What axe finds wrong with a page. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Violations by rule and element. axe is put in through the debugger, so the page's policy stays as it is. */
export async function violations(panel: { readonly page: Page }): Promise<readonly string[]> {
  await panel.page.evaluate(await readFile(axePath, 'utf8'));
  const results = await panel.page.evaluate(() =>
    (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run({
      // A node's name begins with its title and goes on in words made for ears, not with the text on the box.
      rules: { 'label-content-name-mismatch': { enabled: false } },
    }),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
  );
}
