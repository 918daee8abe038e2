// Builds what ships: dist/client.cjs (extension host), dist/server.cjs (language server), dist/cli.js (command line),
// dist/webview.js + .css (graph panel) and the runner that is started in the author's project.
// `--watch` rebuilds on change, `--meta` writes dist/meta.json for size questions.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');
const watch = process.argv.includes('--watch');

const node = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  logLevel: 'warning',
  metafile: true,
  // The TypeScript client finds its own files through import.meta.url; in a CommonJS bundle there is none.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};

const bundles = [
  { ...node, entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  { ...node, entryPoints: ['server/src/main.ts'], outfile: 'dist/server.cjs' },
  { ...node, entryPoints: ['server/src/cli.ts'], outfile: 'dist/cli.js' },
  {
    bundle: true,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    minify: true,
    sourcemap: 'linked',
    logLevel: 'warning',
    metafile: true,
    entryPoints: ['webview/src/main.ts'],
    outfile: 'dist/webview.js',
  },
].filter((bundle) => existsSync(path.join(root, bundle.entryPoints[0])));

mkdirSync(dist, { recursive: true });
// The package is an ES module package; what we ship is CommonJS.
writeFileSync(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');

if (watch) {
  await Promise.all(bundles.map(async (bundle) => (await esbuild.context({ ...bundle, absWorkingDir: root })).watch()));
} else {
  const results = await Promise.all(bundles.map((bundle) => esbuild.build({ ...bundle, absWorkingDir: root })));
  if (process.argv.includes('--meta')) {
    const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
    writeFileSync(path.join(dist, 'meta.json'), JSON.stringify(outputs));
  }
}
