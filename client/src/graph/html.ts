/** The page of a panel. It holds no data: everything shown is posted to it later. */

export interface PageSources {
  readonly script: string;
  readonly style: string;
  /** `webview.cspSource`: where the panel's own files come from. */
  readonly cspSource: string;
  /** Fresh random text for each page. */
  readonly nonce: string;
  readonly title?: string;
}

/** HTML under the strictest policy that still runs our one script and style sheet: no inline code, styles, images or network. */
export function pageHtml({ script, style, cspSource, nonce, title = 'Workflow graph' }: PageSources): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${style}" />
    <title>${title}</title>
  </head>
  <body>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`;
}
