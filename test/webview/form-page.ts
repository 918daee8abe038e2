/** The input form as a page in headless Chromium, with a stand-in for VS Code's side of the webview. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../client/src/graph/html.ts';
import { formProtocolVersion } from '../../common/protocol/form.ts';
import type {
  FormHostState,
  FormSavedState,
  FormSection,
  FormToHost,
  FormValues,
  HostToForm,
} from '../../common/protocol/form.ts';
import type { Json } from '../../common/runlog/events.ts';
import { bodyClasses, themeStyle } from './themes.ts';
import type { ThemeName } from './themes.ts';

const root = path.join(import.meta.dirname, '../..');
const artifacts = path.join(root, 'test/artifacts/webview');
const origin = 'https://form.test';

let bundle: Promise<{ readonly script: string; readonly style: string }> | undefined;

async function buildForm(): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['webview/src/form/main.ts'],
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

interface FormWindow {
  sent: FormToHost[];
  kept: FormSavedState | undefined;
}

export interface FormPage {
  readonly page: Page;
  /** What the page has sent, in order. */
  sent(): Promise<readonly FormToHost[]>;
  /** The last message of a type. */
  last<T extends FormToHost['type']>(type: T): Promise<Extract<FormToHost, { type: T }> | undefined>;
  kept(): Promise<FormSavedState | undefined>;
  post(message: HostToForm): Promise<void>;
  show(state: Partial<FormHostState>): Promise<void>;
  /** Errors, policy violations and warnings that the page reported. */
  readonly complaints: readonly string[];
  screenshot(name: string): Promise<void>;
}

export interface FormPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly kept?: FormSavedState | undefined;
}

export const identity = { id: 'run:order', reopen: undefined };

export function section(schema: Json | undefined, more: Partial<FormSection> = {}): FormSection {
  return { id: 'input', title: 'Input', description: undefined, schema, required: true, ...more };
}

export const formState: FormHostState = {
  title: 'Run place-order',
  submitLabel: 'Run',
  sections: undefined,
  editing: 'form',
  checking: false,
  notice: undefined,
  saved: { count: 2 },
};

export async function openForm(browser: Browser, options: FormPageOptions = {}): Promise<FormPage> {
  bundle ??= buildForm();
  const { script, style } = await bundle;
  const { theme = 'dark', width = 900, height = 900, kept } = options;
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const html = pageHtml({
    script: `${origin}/form.js`,
    style: `${origin}/form.css`,
    cspSource: origin,
    nonce: 'r4nd0m',
    title: 'Input',
  }).replace('<body>', `<body class="${bodyClasses[theme]}">`);
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/form.js') await route.fulfill({ contentType: 'text/javascript', body: script });
    else if (pathname === '/form.css') {
      await route.fulfill({ contentType: 'text/css', body: `${themeStyle(theme)}\n${style}` });
    } else if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html });
    else await route.fulfill({ status: 204 });
  });
  // As text: the type of the state is too deep for playwright's types of arguments.
  await page.addInitScript(
    (before: string) => {
      const own = window as unknown as FormWindow;
      own.sent = [];
      own.kept = before === '' ? undefined : (JSON.parse(before) as FormSavedState);
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: FormToHost) => own.sent.push(message),
          getState: () => own.kept,
          setState: (next: FormSavedState) => {
            own.kept = next;
          },
        }),
      });
    },
    kept === undefined ? '' : JSON.stringify(kept),
  );
  await page.goto(`${origin}/`);
  const sent = (): Promise<readonly FormToHost[]> => page.evaluate(() => (window as unknown as FormWindow).sent);
  const post = (message: HostToForm): Promise<void> =>
    page.evaluate((data) => {
      window.dispatchEvent(new MessageEvent('message', { data }));
    }, message as unknown);
  return {
    page,
    complaints,
    sent,
    post,
    async last(type) {
      const all = await sent();
      return all.findLast((message): message is Extract<FormToHost, { type: typeof type }> => message.type === type);
    },
    kept: () => page.evaluate(() => (window as unknown as FormWindow).kept),
    show: (state) =>
      post({ type: 'state', protocol: formProtocolVersion, identity, state: { ...formState, ...state } }),
    async screenshot(name) {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: path.join(artifacts, `form-${name}.png`) });
    },
  };
}

/** What the form would run with. */
export async function submitted(form: FormPage): Promise<FormValues | undefined> {
  return (await form.last('submit'))?.values;
}
