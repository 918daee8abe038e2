/** The panel as a page in headless Chromium, with a stand-in for VS Code's side of the webview. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../client/src/graph/html.ts';
import { panelProtocolVersion } from '../../common/protocol/panel.ts';
import type { HostToPanel, PanelHostState, PanelSavedState, PanelToHost } from '../../common/protocol/panel.ts';
import { createRunFeed } from '../../client/src/graph/run-feed.ts';
import type { FedRun } from '../../client/src/graph/run-feed.ts';
import { eventsOf } from './overlays.ts';
import type { RunSketch } from './overlays.ts';
import { target } from './target.ts';
import { bodyClasses, themeStyle } from './themes.ts';
import type { ThemeName } from './themes.ts';

const root = path.join(import.meta.dirname, '../..');
const artifacts = path.join(root, 'test/artifacts/webview');
const origin = 'https://panel.test';
/** When a page with a clock of its own is opened. */
const opening = Date.UTC(2026, 10, 21, 12);

interface Bundle {
  readonly script: string;
  readonly style: string;
}

let bundle: Promise<Bundle> | undefined;

/** The panel's bundle, built as esbuild.mjs builds it. */
async function buildPanel(): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['webview/src/main.ts'],
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

/** The panel as it ships, built once. */
export function panelBundle(): Promise<Bundle> {
  return (bundle ??= buildPanel());
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Panel {
  readonly page: Page;
  /** What the panel has sent, in order, but for the values that it asked for. */
  messages(): Promise<readonly PanelToHost[]>;
  saved(): Promise<PanelSavedState | undefined>;
  post(message: HostToPanel): Promise<void>;
  /** A state of the host, and the run that it shows, if any; `keepRun` leaves the run as it is. */
  show(state: Partial<PanelHostState> & { readonly run?: RunSketch; readonly keepRun?: boolean }): Promise<void>;
  /** Shows a run, or what came of it since: the array of events grows. */
  run(run: FedRun | undefined): Promise<void>;
  /** Scrolls to a node as the cursor in the source does: what is out of sight has no element. */
  bring(node: string): Promise<void>;
  /** Errors, policy violations and warnings that the page reported. */
  readonly complaints: readonly string[];
  screenshot(name: string): Promise<void>;
}

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly saved?: PanelSavedState;
  readonly reducedMotion?: boolean;
  /** Time stands still but for what the test makes of it. */
  readonly clock?: boolean;
}

declare global {
  interface Window {
    sentMessages: PanelToHost[];
    savedState: PanelSavedState | undefined;
    answerPanel(message: PanelToHost): Promise<void>;
  }
}

export async function openPanel(browser: Browser, options: PanelOptions = {}): Promise<Panel> {
  const { script, style } = await panelBundle();
  const { theme = 'dark', width = 1100, height = 800, saved, reducedMotion = true } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  if (options.clock === true) await page.clock.install({ time: opening });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  // VS Code adds the theme from its own frame; here a style sheet of the page's own origin does.
  const html = pageHtml({
    script: `${origin}/webview.js`,
    style: `${origin}/webview.css`,
    cspSource: origin,
    nonce: 'r4nd0m',
    drawsPictures: true,
  }).replace('<body>', `<body class="${bodyClasses[theme]}">`);
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/webview.js') await route.fulfill({ contentType: 'text/javascript', body: script });
    else if (pathname === '/webview.css') {
      await route.fulfill({ contentType: 'text/css', body: `${themeStyle(theme)}\n${style}` });
    } else if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html });
    else await route.fulfill({ status: 204 });
  });
  await page.addInitScript((state) => {
    window.sentMessages = [];
    window.savedState = state;
    Object.assign(window, {
      acquireVsCodeApi: () => ({
        postMessage(message: PanelToHost) {
          if (message.type === 'payload') void window.answerPanel(message);
          else window.sentMessages.push(message);
        },
        getState: () => window.savedState,
        setState: (next: PanelSavedState) => {
          window.savedState = next;
        },
      }),
    });
  }, saved);
  await page.exposeFunction('answerPanel', (message: PanelToHost) => {
    if (message.type === 'payload') feed.answer(message);
  });
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => window.sentMessages.some((message) => message.type === 'ready'));
  if (options.clock === true) await page.clock.pauseAt(opening + 3_600_000);

  // Playwright's types look into all of what is sent, and JSON has no end.
  const post = (message: HostToPanel) =>
    page.evaluate<undefined, unknown>((data) => {
      window.dispatchEvent(new MessageEvent('message', { data }));
    }, message);
  /** Messages are posted in their order, and waited for together. */
  let posted: Promise<unknown> = Promise.resolve();
  const feed = createRunFeed((message) => {
    posted = posted.then(() => post(message));
  });
  const run = async (shown: FedRun | undefined): Promise<void> => {
    feed.update(shown);
    await posted;
  };
  return {
    page,
    complaints,
    post,
    run,
    messages: () => page.evaluate(() => window.sentMessages),
    saved: () => page.evaluate(() => window.savedState),
    async show({ run: sketch, keepRun = false, ...state }) {
      await post({
        type: 'state',
        protocol: panelProtocolVersion,
        state: { target, graph: undefined, notice: undefined, canRun: true, pinned: false, ...state },
      });
      if (keepRun) return;
      const nodes = state.graph?.nodes ?? [];
      await run(sketch && { events: eventsOf(nodes, sketch), source: 'live', drawing: undefined });
    },
    async bring(node) {
      await post({ type: 'highlight', node });
      await page.locator(`[data-node="${node}"]`).waitFor();
      await post({ type: 'highlight', node: undefined });
    },
    async screenshot(name) {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: path.join(artifacts, `${name}.png`) });
    },
  };
}
