/** The panel as a page in headless Chromium, with a stand-in for VS Code's side of the webview. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../client/src/graph/html.ts';
import { panelProtocolVersion } from '../../common/protocol/panel.ts';
import type { HostToPanel, PanelHostState, PanelSavedState, PanelToHost } from '../../common/protocol/panel.ts';
import { target } from './target.ts';
import { bodyClasses, themeStyle } from './themes.ts';
import type { ThemeName } from './themes.ts';

const root = path.join(import.meta.dirname, '../..');
const artifacts = path.join(root, 'test/artifacts/webview');
const origin = 'https://panel.test';

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
  /** What the panel has sent, in order. */
  messages(): Promise<readonly PanelToHost[]>;
  saved(): Promise<PanelSavedState | undefined>;
  post(message: HostToPanel): Promise<void>;
  show(state: Partial<PanelHostState>): Promise<void>;
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
}

declare global {
  interface Window {
    sentMessages: PanelToHost[];
    savedState: PanelSavedState | undefined;
  }
}

export async function openPanel(browser: Browser, options: PanelOptions = {}): Promise<Panel> {
  bundle ??= buildPanel();
  const { script, style } = await bundle;
  const { theme = 'dark', width = 1100, height = 800, saved, reducedMotion = true } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
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
        postMessage: (message: PanelToHost) => window.sentMessages.push(message),
        getState: () => window.savedState,
        setState: (next: PanelSavedState) => {
          window.savedState = next;
        },
      }),
    });
  }, saved);
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => window.sentMessages.some((message) => message.type === 'ready'));

  const post = (message: HostToPanel) =>
    page.evaluate((data) => {
      window.dispatchEvent(new MessageEvent('message', { data }));
    }, message);
  return {
    page,
    complaints,
    post,
    messages: () => page.evaluate(() => window.sentMessages),
    saved: () => page.evaluate(() => window.savedState),
    show: (state) =>
      post({
        type: 'state',
        protocol: panelProtocolVersion,
        state: { target, graph: undefined, notice: undefined, run: undefined, canRun: true, ...state },
      }),
    async screenshot(name) {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: path.join(artifacts, `${name}.png`) });
    },
  };
}
