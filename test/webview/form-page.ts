/** The input form as a page in headless Chromium, with a stand-in for VS Code's side of the webview. */
import type { Browser, Page } from 'playwright-core';
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
import { bundleOf, keptBy, load, picture, postTo, sentBy, serve, standIn } from './host-page.ts';
import type { ThemeName } from './themes.ts';

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
  const { theme = 'dark', width = 900, height = 900, kept } = options;
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const bundle = await bundleOf('webview/src/form/main.ts');
  const complaints = await serve(page, { bundle, theme, title: 'Input' });
  await standIn(page, kept);
  await load(page);
  const sent = () => sentBy(page) as Promise<readonly FormToHost[]>;
  const post = (message: HostToForm): Promise<void> => postTo(page, message);
  return {
    page,
    complaints,
    sent,
    post,
    async last(type) {
      const all = await sent();
      return all.findLast((message): message is Extract<FormToHost, { type: typeof type }> => message.type === type);
    },
    kept: () => keptBy(page) as Promise<FormSavedState | undefined>,
    show: (state) =>
      post({ type: 'state', protocol: formProtocolVersion, identity, state: { ...formState, ...state } }),
    screenshot: (name) => picture(page, `form-${name}`),
  };
}

/** What the form would run with. */
export async function submitted(form: FormPage): Promise<FormValues | undefined> {
  return (await form.last('submit'))?.values;
}
