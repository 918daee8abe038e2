/**
 * The same workflow of 1,000 steps in Mastra Studio and in our panel, each in a page of the same Chromium: from the navigation until nodes
 * are painted. Studio is served by a real `mastra dev`. Nothing but the loopback is reached: what Studio wants from elsewhere fails at once.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { GraphModel } from '../../common/protocol/graph.ts';
import type { GraphResult, WorkflowSummary } from '../../common/protocol/messages.ts';
import { launchBrowser } from '../harness/browser.ts';
import { build } from '../harness/build.ts';
import { freePort, startMastra } from '../servers/process.ts';
import { serverModules } from '../servers/project.ts';
import type { ServedProject } from '../servers/project.ts';
import { openPanel } from '../webview/page.ts';
import { withEditor } from './editor.ts';
import { median } from './measure.ts';
import { formatRatio, formatSeconds, formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const target = 5;
const rounds = 3;
const sizes = [50, 1_000] as const;
/** Whoever has not seen a node by then has gone elsewhere. */
const patience = 60_000;
const viewport = { width: 1_400, height: 900 };

/** Milliseconds; `passed` when there was nothing to see before patience ran out. */
type Seen = { readonly kind: 'seen' | 'passed'; readonly milliseconds: number };

export async function benchStudio(): Promise<readonly Verdict[]> {
  await build({ tests: false });
  const project = generate();
  const browser = await launchBrowser();
  try {
    const graphs = await readGraphs(project);
    // The first page builds the panel's script and starts the browser's processes.
    await seenInPanel(browser, graphs[0]);
    const rows: (readonly string[])[] = [];
    let verdict: Verdict | undefined;
    const server = await startMastra(project, ['dev'], await freePort());
    try {
      for (const [index, steps] of sizes.entries()) {
        const panel: number[] = [];
        for (let round = 0; round < rounds; round += 1) panel.push(await seenInPanel(browser, graphs[index]));
        const studio = await seenInStudio(`${server.address.url}/workflows/${nameOf(steps)}/graph`);
        const ratio = studio.milliseconds / median(panel);
        const more = studio.kind === 'passed' ? 'more than ' : '';
        rows.push([
          `${steps.toLocaleString('en')} steps`,
          formatSeconds(median(panel)),
          more + formatSeconds(studio.milliseconds),
          more + formatRatio(ratio),
        ]);
        verdict = {
          target: `nodes of a workflow of ${steps.toLocaleString('en')} steps at least ${target} times sooner than in Studio`,
          measured: `${more}${formatRatio(ratio)}, ${formatSeconds(median(panel))} against ${more}${formatSeconds(studio.milliseconds)}`,
          reached: ratio >= target,
        };
      }
    } finally {
      await server.kill();
    }
    console.log(formatTable(['from navigation to painted nodes', 'panel', 'Studio', 'sooner'], rows));
    return verdict === undefined ? [] : [verdict];
  } finally {
    await browser.close();
    project.dispose();
  }
}

/** A page of its own each time, made anew like a panel of VS Code is, with nothing in the browser's cache. */
async function seenInPanel(browser: Browser, graph: GraphModel | undefined): Promise<number> {
  const begun = performance.now();
  const panel = await openPanel(browser, viewport);
  await panel.show({ graph });
  await painted(panel.page, '[data-node]', patience);
  const milliseconds = performance.now() - begun;
  await panel.page.close();
  return milliseconds;
}

/** The faster of two visits: of the second one, the browser has all scripts in its cache. In a browser of its own, which may hang. */
async function seenInStudio(url: string): Promise<Seen> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport });
    const visits: Seen[] = [];
    for (let visit = 0; visit < 2; visit += 1) {
      const page = await context.newPage();
      await page.route(
        ({ hostname }) => hostname !== '127.0.0.1',
        (route) => route.abort(),
      );
      const begun = performance.now();
      await page.goto(url, { waitUntil: 'commit' });
      const seen = await painted(page, '.react-flow__node', patience).then(
        () => true,
        () => false,
      );
      const milliseconds = performance.now() - begun;
      visits.push({ kind: seen ? 'seen' : 'passed', milliseconds });
      // A page that is busy for minutes does not close either.
      if (!seen) break;
      await page.close();
    }
    return visits.toSorted((a, b) => a.milliseconds - b.milliseconds)[0] ?? { kind: 'passed', milliseconds: patience };
  } finally {
    await browser.close();
  }
}

/** Resolves once a node is visible and the frame with it was drawn. */
async function painted(page: Page, selector: string, timeout: number): Promise<void> {
  await page.locator(selector).first().waitFor({ timeout });
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );
}

/** The drawings as our language server answers with them. */
async function readGraphs(project: ServedProject): Promise<readonly GraphModel[]> {
  return withEditor(project.root, async (editor) => {
    const { connection, folderIsRead } = editor;
    editor.open(path.join(project.root, 'src/mastra/index.ts'));
    await folderIsRead;
    const workflows: readonly WorkflowSummary[] = await connection.sendRequest('mastra/workflows', {});
    const graphs: GraphModel[] = [];
    for (const steps of sizes) {
      const found = workflows.find(({ id }) => id === nameOf(steps));
      if (found === undefined) throw new Error(`There is no workflow ${nameOf(steps)}`);
      const answer: GraphResult = await connection.sendRequest('mastra/graph', { uri: found.uri, key: found.key });
      if (answer.kind !== 'graph') throw new Error(`There is no graph of ${nameOf(steps)}: ${answer.kind}`);
      graphs.push(answer.graph);
    }
    return graphs;
  });
}

function nameOf(steps: number): string {
  return `steps${steps}`;
}

/** A Mastra project with a workflow of each size: of ten steps, four follow each other, three are parallel, three are branches. */
function generate(): ServedProject {
  const root = mkdtempSync(path.join(os.tmpdir(), 'mastra-bench-studio-'));
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  symlinkSync(serverModules, path.join(root, 'node_modules'));
  write('package.json', JSON.stringify({ name: 'bench-studio', type: 'module', private: true }));
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: { target: 'ES2022', module: 'ES2022', moduleResolution: 'bundler', strict: true },
    }),
  );
  for (const steps of sizes) write(`src/mastra/${nameOf(steps)}.ts`, workflowOf(nameOf(steps), steps));
  write(
    'src/mastra/index.ts',
    [
      "import { Mastra } from '@mastra/core';",
      ...sizes.map((steps) => `import { ${nameOf(steps)} } from './${nameOf(steps)}';`),
      `export const mastra = new Mastra({ workflows: { ${sizes.map(nameOf).join(', ')} } });`,
      '',
    ].join('\n'),
  );
  return {
    root,
    database: path.join(root, 'bench.db'),
    write,
    dispose: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function workflowOf(name: string, steps: number): string {
  const blocks = Array.from({ length: steps / 10 }, (_, block) => [
    ...['first', 'second', 'third', 'fourth'].map((each) => `  .then(step('${each}-${block}'))`),
    `  .parallel([step('left-${block}'), step('middle-${block}'), step('right-${block}')])`,
    `  .branch([[async () => true, step('one-${block}')], [async () => false, step('two-${block}')], [async () => false, step('three-${block}')]])`,
  ]);
  return [
    "import { createStep, createWorkflow } from '@mastra/core/workflows';",
    "import { z } from 'zod';",
    'const any = z.any();',
    'const step = (id: string) =>',
    '  createStep({ id, description: `Does ${id}`, inputSchema: any, outputSchema: any, execute: async ({ inputData }) => inputData });',
    `export const ${name} = createWorkflow({ id: '${name}', inputSchema: any, outputSchema: any })`,
    ...blocks.flat(),
    '  .commit();',
    '',
  ].join('\n');
}
