/** What all pages in headless Chromium have in common: a bundle, its theme and policy, and a stand-in for VS Code's side. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { pageHtml, type PageSources } from '../../client/src/graph/html.ts';
import { bodyClasses, themeStyle } from './themes.ts';
import type { ThemeName } from './themes.ts';

const root = path.join(import.meta.dirname, '../..');
const artifacts = path.join(root, 'test/artifacts/webview');
const origin = 'https://panel.test';

export interface Bundle {
  readonly script: string;
  readonly style: string;
}

const bundles = new Map<string, Promise<Bundle>>();

/** Files of the repository as one page, built as esbuild.mjs builds pages; each combination is built once. */
export function bundleOf(...files: readonly string[]): Promise<Bundle> {
  const contents = files.map((file) => `import './${file}';`).join('\n');
  const bundle = bundles.get(contents) ?? buildPage(contents);
  bundles.set(contents, bundle);
  return bundle;
}

async function buildPage(contents: string): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root },
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

export interface Served extends Pick<PageSources, 'title' | 'drawsPictures'> {
  readonly bundle: Bundle;
  readonly theme: ThemeName;
  /** Style of the test's own. */
  readonly style?: string;
}

/** Has `page` find a bundle where `opened` looks for it. Returns errors, policy violations and warnings as they are reported. */
export async function serve(page: Page, { bundle, theme, style = '', ...sources }: Served): Promise<readonly string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  // VS Code adds the theme from its own frame; here a style sheet of the page's own origin does.
  const html = pageHtml({
    script: `${origin}/page.js`,
    style: `${origin}/page.css`,
    cspSource: origin,
    nonce: 'r4nd0m',
    ...sources,
  }).replace('<body>', `<body class="${bodyClasses[theme]}">`);
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/page.js') await route.fulfill({ contentType: 'text/javascript', body: bundle.script });
    else if (pathname === '/page.css') {
      await route.fulfill({ contentType: 'text/css', body: `${themeStyle(theme)}\n${bundle.style}\n${style}` });
    } else if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html });
    else await route.fulfill({ status: 204 });
  });
  return complaints;
}

/** Loads what `serve` serves. */
export async function load(page: Page): Promise<void> {
  await page.goto(`${origin}/`);
}

interface HostWindow {
  sent: unknown[];
  kept: unknown;
}

/** VS Code's side of a page: what it was sent, and what the page kept, `kept` to begin with. */
export async function standIn(page: Page, kept: unknown): Promise<void> {
  // As text: types of arguments of playwright know no unknown values.
  await page.addInitScript(
    (before: string) => {
      const own = window as unknown as HostWindow;
      own.sent = [];
      own.kept = before === '' ? undefined : (JSON.parse(before) as unknown);
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => own.sent.push(message),
          getState: () => own.kept,
          setState: (next: unknown) => {
            own.kept = next;
          },
        }),
      });
    },
    kept === undefined ? '' : JSON.stringify(kept),
  );
}

/** In order. */
export function sentBy(page: Page): Promise<readonly unknown[]> {
  return page.evaluate(() => (window as unknown as HostWindow).sent);
}

export function keptBy(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as unknown as HostWindow).kept);
}

export async function postTo(page: Page, message: unknown): Promise<void> {
  await page.evaluate((data) => {
    window.dispatchEvent(new MessageEvent('message', { data }));
  }, message);
}

/** `name` without extension, in the folder of the tests' results. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: path.join(artifacts, `${name}.png`) });
}
