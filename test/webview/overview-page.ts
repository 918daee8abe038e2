/** The overview of all workflows as a page in headless Chromium, with a stand-in for VS Code's side of the webview. */
import type { Browser, Page } from 'playwright-core';
import { overviewProtocolVersion } from '../../common/protocol/overview.ts';
import type { OverviewRow, OverviewState, OverviewToHost } from '../../common/protocol/overview.ts';
import { bundleOf, keptBy, load, picture, postTo, sentBy, serve, standIn } from './host-page.ts';
import type { ThemeName } from './themes.ts';

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
  const { theme = 'dark', width = 1100, height = 700, kept } = options;
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const bundle = await bundleOf('webview/src/overview/main.ts');
  const complaints = await serve(page, { bundle, theme, title: 'Workflows' });
  await standIn(page, kept);
  await load(page);
  return {
    page,
    complaints,
    sent: () => sentBy(page) as Promise<readonly OverviewToHost[]>,
    kept: () => keptBy(page),
    show: (state) => postTo(page, { type: 'state', protocol: overviewProtocolVersion, state }),
    screenshot: (name) => picture(page, name),
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
