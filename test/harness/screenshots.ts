/**
 * `npm run screenshots`: takes the README's pictures anew, from the packed extension in a real VS Code, and those that the panel's tests
 * compare it with.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Graph } from '../ui/graph.ts';
import { launch } from '../webview/page.ts';
import { renewSheets } from '../webview/sheet.ts';
import { Workbench } from '../ui/workbench.ts';
import { relative, root } from './paths.ts';
import { main, phase } from './process.ts';
import type { Settings } from './vscode/settings.ts';

const order = {
  orderId: '1001',
  customerEmail: 'ada@example.com',
  lines: [{ sku: 'MUG-01', quantity: 2 }],
  shipTo: { name: 'Ada', street: 'Kade 1', postalCode: '1011', city: 'Amsterdam', country: 'NL' },
  coupon: 'WELCOME10',
};

const images = path.join(root, 'docs/images');

/** What TypeScript says of the same place takes twenty lines. */
const withoutTypeScript: Settings = { 'typescript.validate.enable': false };

await main(async () => {
  mkdirSync(images, { recursive: true });
  await phase('Problems and graph', () =>
    take('broken', 'problems-and-graph.png', problemsAndGraph, withoutTypeScript),
  );
  await phase('Run', () => take('orders', 'run.png', run));
  await phase('All workflows', () => take('orders', 'overview.png', overview));
  await phase('Two runs', () => take('orders', 'compare.png', compare));
  await phase('Every construct', () => renewPictures());
  return 0;
});

async function take(
  project: string,
  picture: string,
  scene: (workbench: Workbench) => Promise<void>,
  settings: Settings = {},
): Promise<void> {
  const workbench = await Workbench.open({
    project,
    settings: { 'editor.minimap.enabled': false, 'mastra.run.inputAs': 'box', ...settings },
  });
  try {
    await workbench.useTheme('Dark Modern');
    await workbench.page.keyboard.press('Control+B');
    await scene(workbench);
    await workbench.settled();
    const file = path.join(images, picture);
    await workbench.page.screenshot({ path: file });
    console.log(`  ${relative(file)}`);
  } finally {
    await workbench.close();
  }
}

/** A step that gets what it does not need: underlined, listed, and marked on the graph. */
async function problemsAndGraph(workbench: Workbench): Promise<void> {
  await workbench.openFile('step-to-step.ts');
  await workbench.squiggles('error').first().waitFor();
  await workbench.clickLens('Graph');
  await new Graph(workbench).node('print-label').waitFor();
  await workbench.showProblems('**/step-to-step.ts');
  await workbench.problems.filter({ hasText: 'schema-mismatch' }).waitFor();
  await workbench.focusEditor('step-to-step.ts');
  await workbench.goTo(24, 9);
}

/** An order that was placed, with what one step got and gave. No error: its stack would show the machine's folders. */
async function run(workbench: Workbench): Promise<void> {
  const graph = new Graph(workbench);
  await workbench.openWorkflow('place-order.ts');
  await workbench.clickLens('Graph');
  await graph.node('apply-discount').waitFor();
  await graph.button('Run').click();
  await workbench.enter(JSON.stringify(order));
  await graph.ended('success');
  // The group in front stays.
  await workbench.tab('Mastra: place-order').click();
  await workbench.command('View: Close Editors in Other Groups');
  // The space bar selects a step and leaves the source where it is.
  await graph.frame.locator('[data-node="apply-discount"]').focus();
  await workbench.page.keyboard.press(' ');
  await graph.details.filter({ hasText: 'discountPercent' }).waitFor();
}

/** The same order without its coupon and with it: which step shows it first, and in which values. */
async function compare(workbench: Workbench): Promise<void> {
  const graph = new Graph(workbench);
  await workbench.openWorkflow('place-order.ts');
  await workbench.clickLens('Graph');
  await graph.node('apply-discount').waitFor();
  const place = async (input: Partial<typeof order>): Promise<void> => {
    await graph.button('Run').click();
    await workbench.enter(JSON.stringify(input));
    await graph.ended('success');
  };
  await place({ ...order, coupon: undefined });
  await graph.frame.getByRole('button', { name: 'Clear the run' }).click();
  await place(order);
  await graph.frame.getByRole('button', { name: 'Compare with another run' }).click();
  await workbench.choices().first().click();
  const { frame } = workbench.webview(await workbench.indexOfWebview('.compare-body'));
  await frame.locator('.compare-detail .diff-tree .value-row').first().waitFor();
  await workbench.command('View: Close Other Editors in Group');
  await workbench.command('View: Close Editors in Other Groups');
  // A click into the page, once the palette is gone.
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await frame.locator('.compare-row.selected').click();
}

/** Workflows that nest each other, the one in the middle with what it belongs to. */
async function overview(workbench: Workbench): Promise<void> {
  await workbench.openFile('README.md');
  await workbench.command('Mastra: Show All Workflows');
  const card = workbench.webview().frame.locator('.workflow .card-title').getByText('fulfil-order', { exact: true });
  await card.waitFor();
  await workbench.command('View: Close Other Editors in Group');
  await card.hover();
}

async function renewPictures(): Promise<void> {
  const browser = await launch();
  try {
    for (const file of await renewSheets(browser)) console.log(`  ${relative(file)}`);
  } finally {
    await browser.close();
  }
}
