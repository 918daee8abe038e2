/** The overview of all workflows as a page in headless Chromium, with a stand-in for VS Code's side of the webview. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../client/src/graph/html.ts';
import { overviewProtocolVersion } from '../../common/protocol/overview.ts';
import type { OverviewRow, OverviewState, OverviewToHost } from '../../common/protocol/overview.ts';
import { bodyClasses, themeStyle } from './themes.ts';
import type { ThemeName } from './themes.ts';

const root = path.join(import.meta.dirname, '../..');
const artifacts = path.join(root, 'test/artifacts/webview');
const origin = 'https://overview.test';

let bundle: Promise<{ readonly script: string; readonly style: string }> | undefined;

async function buildOverview(): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['webview/src/overview/main.ts'],
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

interface OverviewWindow {
  sent: OverviewToHost[];
  kept: unknown;
}

export interface OverviewPage {
  readonly page: Page;
  /** What the page has sent, in order. */
  sent(): Promise<readonly OverviewToHost[]>;
  kept(): Promise<unknown>;
  show(state: OverviewState): Promise<void>;
  /** Errors, policy violations and warnings that the page reported. */
  readonly complaints: readonly string[];
  screenshot(name: string): Promise<void>;
}

export interface OverviewOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly kept?: unknown;
}

export async function openOverview(browser: Browser, options: OverviewOptions = {}): Promise<OverviewPage> {
  bundle ??= buildOverview();
  const { script, style } = await bundle;
  const { theme = 'dark', width = 1100, height = 700, kept } = options;
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const html = pageHtml({
    script: `${origin}/overview.js`,
    style: `${origin}/overview.css`,
    cspSource: origin,
    nonce: 'r4nd0m',
    title: 'Workflows',
  }).replace('<body>', `<body class="${bodyClasses[theme]}">`);
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/overview.js') await route.fulfill({ contentType: 'text/javascript', body: script });
    else if (pathname === '/overview.css') {
      await route.fulfill({ contentType: 'text/css', body: `${themeStyle(theme)}\n${style}` });
    } else if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html });
    else await route.fulfill({ status: 204 });
  });
  await page.addInitScript((before: unknown) => {
    const own = window as unknown as OverviewWindow;
    own.sent = [];
    own.kept = before ?? undefined;
    Object.assign(window, {
      acquireVsCodeApi: () => ({
        postMessage: (message: OverviewToHost) => own.sent.push(message),
        getState: () => own.kept,
        setState: (next: unknown) => {
          own.kept = next;
        },
      }),
    });
  }, kept ?? null);
  await page.goto(`${origin}/`);
  return {
    page,
    complaints,
    sent: () => page.evaluate(() => (window as unknown as OverviewWindow).sent),
    kept: () => page.evaluate(() => (window as unknown as OverviewWindow).kept),
    show: (state) =>
      page.evaluate(
        (data) => {
          window.dispatchEvent(new MessageEvent('message', { data }));
        },
        { type: 'state', protocol: overviewProtocolVersion, state } as const,
      ),
    async screenshot(name) {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: path.join(artifacts, `${name}.png`) });
    },
  };
}

const shop = { folder: 'file:///shop', name: '@shop/app' };

/** A row of the overview. */
export function row(id: string, parts: Partial<OverviewRow> = {}): OverviewRow {
  return {
    key: id,
    uri: `file:///shop/src/mastra/workflows/${id}.ts`,
    id,
    name: id,
    exportName: id,
    description: undefined,
    line: 11,
    steps: 3,
    package: shop,
    registered: 'yes',
    findings: { error: 0, warning: 0, info: 0, hint: 0 },
    uses: [],
    place: `src/mastra/workflows/${id}.ts:12`,
    lastRun: undefined,
    ...parts,
  };
}

/** A shop whose workflows nest each other, with something of everything. */
export function shopRows(now: number): readonly OverviewRow[] {
  return [
    row('deliver-order', {
      description: 'From the warehouse to the door',
      steps: 5,
      uses: ['fulfil-order', 'pack-parcel'],
      lastRun: { status: 'success', startedAt: now - 5 * 60_000 },
    }),
    row('fulfil-order', { uses: ['pack-parcel'], lastRun: { status: 'failed', startedAt: now - 3 * 3_600_000 } }),
    row('pack-parcel', { steps: 2, findings: { error: 1, warning: 2, info: 0, hint: 0 } }),
    row('place-order', { steps: 8, uses: ['price-order'] }),
    row('price-order', { steps: 1, registered: 'no', findings: { error: 0, warning: 0, info: 0, hint: 1 } }),
    row('approve-refund', { lastRun: { status: 'suspended', startedAt: now - 50_000_000 } }),
    row('reconcile-the-books-of-the-whole-year-with-those-of-the-tax-office', { steps: 12 }),
    row('restock', { registered: 'unknown', steps: 0, uses: ['restock'] }),
    row('send-newsletter', { lastRun: { status: 'running', startedAt: now } }),
  ];
}
