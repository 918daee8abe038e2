/** The panel as a page in headless Chromium, with a stand-in for VS Code's side of the webview. */
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { panelProtocolVersion } from '../../common/protocol/panel.ts';
import type { HostToPanel, PanelHostState, PanelSavedState, PanelToHost } from '../../common/protocol/panel.ts';
import { createRunFeed } from '../../client/src/graph/run-feed.ts';
import type { FedRun } from '../../client/src/graph/run-feed.ts';
import { bundleOf, load, picture, postTo, serve } from './host-page.ts';
import type { Bundle } from './host-page.ts';
import { eventsOf } from './overlays.ts';
import type { RunSketch } from './overlays.ts';
import { target } from './target.ts';
import type { ThemeName } from './themes.ts';

/** When a page with a clock of its own is opened. */
const opening = Date.UTC(2026, 10, 21, 12);

/** The panel as it ships, built once. */
export function panelBundle(): Promise<Bundle> {
  return bundleOf('webview/src/main.ts');
}

/** Without scroll bars, unless `scrollBars` asks for those that take room, as VS Code's do. */
export function launch({ scrollBars = false } = {}): Promise<Browser> {
  return chromium.launch({
    ...(scrollBars && { ignoreDefaultArgs: ['--hide-scrollbars'] }),
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
  const { theme = 'dark', width = 1100, height = 800, saved, reducedMotion = true } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  if (options.clock === true) await page.clock.install({ time: opening });
  const complaints = await serve(page, { bundle: await panelBundle(), theme, drawsPictures: true });
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
  await load(page);
  await page.waitForFunction(() => window.sentMessages.some((message) => message.type === 'ready'));
  if (options.clock === true) await page.clock.pauseAt(opening + 3_600_000);

  const post = (message: HostToPanel): Promise<void> => postTo(page, message);
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
        state: { target, graph: undefined, notice: undefined, canRun: true, pinned: undefined, ...state },
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
    screenshot: (name) => picture(page, name),
  };
}
