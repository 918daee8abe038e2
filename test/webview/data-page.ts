/** Parts of pages that show data, alone on a page in headless Chromium. */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../client/src/graph/html.ts';
import { bodyClasses, themeStyle } from './themes.ts';
import type { ThemeName } from './themes.ts';

const root = path.join(import.meta.dirname, '../..');
const artifacts = path.join(root, 'test/artifacts/webview');
const origin = 'https://data.test';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Bundle {
  readonly script: string;
  readonly style: string;
}

/** Style sheets of every such page. */
const styles = ['webview/src/base.css', 'webview/src/data/data.css'];

const bundles = new Map<string, Promise<Bundle>>();

async function bundleOf(entry: string): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `${styles.map((style) => `import './${style}';`).join('\n')}\nimport './${entry}';`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    outdir: 'dist',
    write: false,
  });
  const text = (extension: string) => outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

export interface DataPage {
  readonly page: Page;
  /** Errors, policy violations and warnings that the page reported. */
  readonly complaints: readonly string[];
  /** What the page has sent to VS Code's side, in order. */
  posted(): Promise<readonly unknown[]>;
  kept(): Promise<unknown>;
  post(message: unknown): Promise<void>;
  /** What axe finds wrong, by rule and element. */
  violations(): Promise<readonly string[]>;
  screenshot(name: string): Promise<void>;
}

export interface DataPageOptions {
  /** The page's script, from the root of the repository. */
  readonly entry: string;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What the page kept before a window reload. */
  readonly saved?: unknown;
}

interface HostWindow {
  posted: unknown[];
  kept: unknown;
}

/** Under the same policy as the real pages. */
export async function openDataPage(browser: Browser, options: DataPageOptions): Promise<DataPage> {
  const { entry, theme = 'dark', width = 360, height = 480, saved } = options;
  const bundle = bundles.get(entry) ?? bundleOf(entry);
  bundles.set(entry, bundle);
  const { script, style } = await bundle;
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const html = pageHtml({
    script: `${origin}/page.js`,
    style: `${origin}/page.css`,
    cspSource: origin,
    nonce: 'r4nd0m',
    title: 'Data',
  }).replace('<body>', `<body class="${bodyClasses[theme]}">`);
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/page.js') await route.fulfill({ contentType: 'text/javascript', body: script });
    else if (pathname === '/page.css') {
      // Parts of pages stand a little away from the edge.
      const margin = entry.startsWith('test/') ? 'body { padding: 12px; } .column { flex: 1; min-width: 0; }' : '';
      await route.fulfill({ contentType: 'text/css', body: `${themeStyle(theme)}\n${style}\n${margin}` });
    } else if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html });
    else await route.fulfill({ status: 204 });
  });
  // As text: types of arguments of playwright know no unknown values.
  await page.addInitScript(
    (before: string) => {
      const own = window as unknown as HostWindow;
      own.posted = [];
      own.kept = before === '' ? undefined : (JSON.parse(before) as unknown);
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => own.posted.push(message),
          getState: () => own.kept,
          setState: (next: unknown) => {
            own.kept = next;
          },
        }),
      });
    },
    saved === undefined ? '' : JSON.stringify(saved),
  );
  await page.goto(`${origin}/`);
  return {
    page,
    complaints,
    posted: () => page.evaluate(() => (window as unknown as HostWindow).posted),
    kept: () => page.evaluate(() => (window as unknown as HostWindow).kept),
    post: (message) =>
      page.evaluate((data) => {
        window.dispatchEvent(new MessageEvent('message', { data }));
      }, message),
    async violations() {
      await page.evaluate(await readFile(axePath, 'utf8'));
      const { violations } = await page.evaluate(() =>
        (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run({
          // The name of a row is made for ears, and says more than the text on it.
          rules: { 'label-content-name-mismatch': { enabled: false } },
        }),
      );
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
      );
    },
    async screenshot(name) {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: path.join(artifacts, `data-${name}.png`) });
    },
  };
}
