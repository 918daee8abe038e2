/** The life of a page in a panel, from its first message until it is closed, as the pages beside the graph have it. */
import type * as vscode from 'vscode';
import { pageFiles, servePage } from './serve.ts';
import type { ServedPage } from './serve.ts';

export interface PageHostDependencies {
  readonly vscode: Pick<typeof vscode, 'Uri'>;
  readonly extension: vscode.Uri;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** `In` is what the page sends. */
export interface StartedPage<In extends { readonly type: string }> extends ServedPage {
  /** In the log: `the overview`. */
  readonly about: string;
  /** Undefined for what is no message of the page. */
  readonly parse: (data: unknown) => In | undefined;
  readonly receive: (message: In) => Promise<void>;
  /** Tells the author that a message could not be dealt with; the log says so in any case. */
  readonly onFailed?: (message: string) => void;
  /** Disposed of when the page is closed. */
  readonly subscriptions: readonly { dispose(): unknown }[];
}

/** `Out` is what the page takes. */
export interface PageHost<Out> {
  /** Nothing reaches a page that is closed. */
  post(message: Out): void;
  isClosed(): boolean;
  /** Does it in `milliseconds`; what is asked for meanwhile is done with it. */
  soon(milliseconds: number, action: () => void): void;
  start<In extends { readonly type: string }>(page: StartedPage<In>): void;
}

export function createPageHost<Out>(
  { vscode: code, extension, log }: PageHostDependencies,
  panel: vscode.WebviewPanel,
): PageHost<Out> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  return {
    post(message) {
      if (!isClosed) void panel.webview.postMessage(message);
    },
    isClosed: () => isClosed,
    soon(milliseconds, action) {
      timer ??= setTimeout(() => {
        timer = undefined;
        action();
      }, milliseconds);
    },
    start({ about, parse, receive, onFailed, subscriptions, ...served }) {
      const { dist, icon } = pageFiles(code, extension);
      panel.iconPath = icon;
      panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
      const messages = panel.webview.onDidReceiveMessage((data: unknown) => {
        const message = parse(data);
        if (message === undefined) {
          log.warn(`Something that is not a message came from ${about}: ${JSON.stringify(data)}`);
          return;
        }
        receive(message).catch((error: unknown) => {
          const text = error instanceof Error ? error.message : String(error);
          log.warn(`${message.type} from ${about} failed: ${text}`);
          onFailed?.(text);
        });
      });
      panel.onDidDispose(() => {
        isClosed = true;
        clearTimeout(timer);
        for (const subscription of [messages, ...subscriptions]) subscription.dispose();
      });
      servePage(code, panel, dist, served);
    },
  };
}
