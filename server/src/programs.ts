/**
 * The programs that share one bundle, `dist/analysis.cjs`: most of each is the analysis. Each is a file of its own that
 * loads the bundle and calls one of these; only the called one's modules are run.
 */

/** `dist/server.cjs` */
export async function startLanguageServer(): Promise<void> {
  await import('./main.ts');
}

/** `dist/cli.js` */
export async function startCommandLine(): Promise<void> {
  await import('./cli.ts');
}
