/** Parts of pages that show data, alone on a page in headless Chromium. */
import type { Browser, Page } from 'playwright-core';
import { violations } from './axe.ts';
import { bundleOf, keptBy, load, picture, postTo, sentBy, serve, standIn } from './host-page.ts';
import type { ThemeName } from './themes.ts';

/** Style sheets of every such page. */
const styles = ['webview/src/base.css', 'webview/src/data/data.css'];

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

/** Under the same policy as the real pages. */
export async function openDataPage(browser: Browser, options: DataPageOptions): Promise<DataPage> {
  const { entry, theme = 'dark', width = 360, height = 480, saved } = options;
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const bundle = await bundleOf(...styles, entry);
  // Parts of pages stand a little away from the edge.
  const style = entry.startsWith('test/') ? 'body { padding: 12px; } .column { flex: 1; min-width: 0; }' : '';
  const complaints = await serve(page, { bundle, theme, title: 'Data', style });
  await standIn(page, saved);
  await load(page);
  return {
    page,
    complaints,
    posted: () => sentBy(page),
    kept: () => keptBy(page),
    post: (message) => postTo(page, message),
    violations: () => violations({ page }),
    screenshot: (name) => picture(page, `data-${name}`),
  };
}
