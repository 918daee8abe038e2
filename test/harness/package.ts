/** `npm run package`: packs the extension for this platform and prints what it weighs. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { packedExtension } from './build.ts';
import { relative, root } from './paths.ts';
import { main } from './process.ts';

const bundles = [
  'client.cjs',
  'languageclient.cjs',
  'analysis.cjs',
  'run.cjs',
  'webview.js',
  'webview.css',
  'form.js',
  'form.css',
  'runner.mjs',
];

await main(async () => {
  const { file } = await packedExtension();
  for (const bundle of bundles) {
    const size = statSync(path.join(root, 'dist', bundle), { throwIfNoEntry: false })?.size;
    if (size !== undefined) console.log(`${(size / 1000).toFixed(0).padStart(8)} kB  ${bundle}`);
  }
  console.log(`${(statSync(file).size / 1000).toFixed(0).padStart(8)} kB  ${relative(file)}`);
  return 0;
});
