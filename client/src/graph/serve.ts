/** Puts a page of ours into a panel. */
import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import { pageHtml, type PageSources } from './html.ts';

export interface ServedPage extends Pick<PageSources, 'title' | 'drawsPictures'> {
  /** Of the script and the style sheet in the bundle's folder, without extension. */
  readonly name: string;
}

/** Call it when all listeners are there: the page says that it is ready as soon as it runs. `dist` holds the bundle's files. */
export function servePage(
  { Uri }: Pick<typeof vscode, 'Uri'>,
  { webview }: vscode.WebviewPanel,
  dist: vscode.Uri,
  { name, ...page }: ServedPage,
): void {
  const source = (file: string): string => webview.asWebviewUri(Uri.joinPath(dist, file)).toString();
  webview.html = pageHtml({
    script: source(`${name}.js`),
    style: source(`${name}.css`),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    ...page,
  });
}
