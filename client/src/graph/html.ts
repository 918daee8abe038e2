/** The page of a panel. It holds no data: everything shown is posted to it later. */

export interface PageSources {
  readonly script: string;
  readonly style: string;
  /** `webview.cspSource`: where the panel's own files come from. */
  readonly cspSource: string;
  /** Fresh random text for each page. */
  readonly nonce: string;
  readonly title?: string;
  /** True for a page that draws a picture of its own into another one, as exporting to PNG does: images of its own making only. */
  readonly drawsPictures?: boolean;
}

/** HTML under the strictest policy that still runs our one script and style sheet: no inline code or styles, no images from elsewhere, no network. */
export function pageHtml(sources: PageSources): string {
  const { script, style, cspSource, nonce, title = 'Workflow graph', drawsPictures = false } = sources;
  const images = drawsPictures ? '; img-src blob:' : '';
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'${images}" />
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
