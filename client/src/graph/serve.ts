/** Puts a page of ours into a panel. */
import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import { pageHtml, type PageSources } from './html.ts';

export interface ServedPage extends Pick<PageSources, 'title' | 'drawsPictures'> {
  /** Of the script and the style sheet in the bundle's folder, without extension. */
  readonly name: string;
}

/** Of an extension at `extension`: its bundles, and the icon of its panels. */
export function pageFiles(
  { Uri }: Pick<typeof vscode, 'Uri'>,
  extension: vscode.Uri,
): { readonly dist: vscode.Uri; readonly icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri } } {
  const picture = (name: string): vscode.Uri => Uri.joinPath(extension, 'media', name);
  return {
    dist: Uri.joinPath(extension, 'dist'),
    icon: { light: picture('graph-light.svg'), dark: picture('graph-dark.svg') },
  };
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
