/** `npm run screenshots`: takes the README's pictures anew, from the packed extension in a real VS Code. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Graph } from '../ui/graph.ts';
import { Workbench } from '../ui/workbench.ts';
import { relative, root } from './paths.ts';
import { main, phase } from './process.ts';

const images = path.join(root, 'docs/images');

await main(async () => {
  mkdirSync(images, { recursive: true });
  await phase('Problems and graph', () => take('broken', 'problems-and-graph.png', problemsAndGraph));
  await phase('Run', () => take('orders', 'run.png', run));
  return 0;
});

async function take(project: string, picture: string, scene: (workbench: Workbench) => Promise<void>): Promise<void> {
  const workbench = await Workbench.open({ project, settings: { 'editor.minimap.enabled': false } });
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
  await workbench.lens('Graph').first().click();
  await new Graph(workbench).node('print-label').waitFor();
  await workbench.showProblems('**/step-to-step.ts');
  await workbench.problems.filter({ hasText: 'schema-mismatch' }).waitFor();
  await workbench.focusEditor('step-to-step.ts');
  await workbench.goTo(24, 9);
}

/** An order that was placed, with what one step got and gave. */
async function run(workbench: Workbench): Promise<void> {
  const graph = new Graph(workbench);
  await workbench.openWorkflow('charge-card.ts');
  await workbench.lens('Graph').first().click();
  await graph.node('charge').waitFor();
  await graph.button('Run').click();
  await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
  await workbench.enter('{ "orderId": "1001", "totalCents": 1200, "cardNumber": "4000 0000 0000 0002" }');
  await graph.ended('failed');
  await graph.node('charge').click();
  await graph.details.filter({ hasText: 'card_declined' }).waitFor();
}
