// Builds what ships into dist/: client.cjs (extension host) with languageclient.cjs, forms.cjs, http.cjs, validate.cjs
// and others (parts of it that are loaded when they are needed), analysis.cjs (the code of the language server and the command line, started by
// server.cjs and cli.js), run.cjs (runs workflows for the command line), webview.js and .css (graph panel), form.js and
// .css (input form), runner.mjs (started inside the author's project), and native/ (TypeScript, esbuild).
//   --production  as it ships: without references to source maps
//   --tests       also dist/test/: the suite that runs inside VS Code
//   --watch       rebuilds on change
//   --meta        writes dist/meta.json for size questions
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import esbuild from 'esbuild';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');
const has = (flag) => process.argv.includes(`--${flag}`);

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  // Maps are always written and never shipped.
  sourcemap: has('production') ? 'external' : 'linked',
  logLevel: 'warning',
  metafile: true,
};

const node = { ...shared, platform: 'node', target: 'node22', keepNames: true };

const commonjs = {
  ...node,
  format: 'cjs',
  // The TypeScript client finds its own files through import.meta.url; in a CommonJS bundle there is none.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};

// What its package.json names for Node is a wrapper that no bundler can see through.
const jsonc = { 'jsonc-parser': './node_modules/jsonc-parser/lib/esm/main.js' };

const bundles = [
  {
    ...commonjs,
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/client.cjs',
    // Every activation reads it; nothing in it asks for the name of a function.
    keepNames: false,
    external: ['vscode'],
    // import() of a CommonJS file would only see the exports that Node recognises in minified code.
    supported: { 'dynamic-import': false },
    plugins: [
      loadedLater('vscode-languageclient/node', './languageclient.cjs'),
      loadedLater('./run/form/part.ts', './forms.cjs'),
      loadedLater('../run/http/connection.ts', './http.cjs'),
      loadedLater('./flow.ts', './importRuns.cjs'),
      loadedLater('./overview/part.ts', './overview.cjs'),
      loadedLater('./compare/part.ts', './compare.cjs'),
      loadedLater('./graph/export/part.ts', './export.cjs'),
    ],
  },
  {
    ...commonjs,
    entryPoints: ['client/src/run/form/part.ts'],
    outfile: 'dist/forms.cjs',
    alias: jsonc,
  },
  {
    ...commonjs,
    entryPoints: ['node_modules/vscode-languageclient/lib/node/main.js'],
    outfile: 'dist/languageclient.cjs',
    external: ['vscode'],
  },
  {
    ...commonjs,
    entryPoints: ['client/src/run/http/connection.ts'],
    outfile: 'dist/http.cjs',
    supported: { 'dynamic-import': false },
    plugins: [loadedLater('./validate.ts', './validate.cjs')],
  },
  { ...commonjs, entryPoints: ['client/src/run/http/validate.ts'], outfile: 'dist/validate.cjs' },
  { ...commonjs, entryPoints: ['client/src/overview/part.ts'], outfile: 'dist/overview.cjs' },
  { ...commonjs, entryPoints: ['client/src/compare/part.ts'], outfile: 'dist/compare.cjs' },
  { ...commonjs, entryPoints: ['client/src/graph/export/part.ts'], outfile: 'dist/export.cjs' },
  { ...commonjs, entryPoints: ['client/src/storedRuns/flow.ts'], outfile: 'dist/importRuns.cjs' },
  { ...commonjs, entryPoints: ['server/src/programs.ts'], outfile: 'dist/analysis.cjs' },
  { ...commonjs, entryPoints: ['client/src/run/commandLine/main.ts'], outfile: 'dist/run.cjs' },
  { ...node, format: 'esm', entryPoints: ['client/src/run/runner/main.ts'], outfile: 'dist/runner.mjs' },
  {
    ...shared,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    entryPoints: ['webview/src/main.ts'],
    outfile: 'dist/webview.js',
  },
  {
    ...shared,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    entryPoints: ['webview/src/form/main.ts'],
    outfile: 'dist/form.js',
  },
  {
    ...shared,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    entryPoints: ['webview/src/overview/main.ts'],
    outfile: 'dist/overview.js',
  },
  {
    ...shared,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    entryPoints: ['webview/src/compare/main.ts'],
    outfile: 'dist/compare.js',
  },
  ...(has('tests')
    ? [
        {
          ...commonjs,
          minify: false,
          sourcemap: 'linked',
          entryPoints: ['test/client/run.ts'],
          outfile: 'dist/test/client.cjs',
          external: ['vscode', 'mocha'],
        },
      ]
    : []),
].filter((bundle) => existsSync(path.join(root, bundle.entryPoints[0])));

mkdirSync(dist, { recursive: true });
// The package is an ES module package; what we ship is CommonJS.
writeFileSync(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(path.join(dist, 'server.cjs'), "require('./analysis.cjs').startLanguageServer();\n");
writeFileSync(path.join(dist, 'cli.js'), "#!/usr/bin/env node\nrequire('./analysis.cjs').startCommandLine();\n");
copyNativeParts();

if (has('watch')) {
  await Promise.all(bundles.map(async (bundle) => (await esbuild.context(bundle)).watch()));
} else {
  const results = await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  const shipped = results.filter((_, index) => !bundles[index].outfile.startsWith('dist/test/'));
  const notices = thirdPartyNotices(shipped.map((result) => result.metafile));
  writeFileSync(path.join(dist, 'third-party-notices.txt'), notices);
  if (has('meta')) {
    const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
    writeFileSync(path.join(dist, 'meta.json'), JSON.stringify(outputs));
  }
}

/** Leaves what is imported as `name` out of a bundle: it is loaded from `file` beside the bundle when the code asks for it. */
function loadedLater(name, file) {
  return {
    name: 'loaded-later',
    setup: (build) =>
      build.onResolve({ filter: /./ }, ({ path: given, kind }) =>
        given === name && kind === 'dynamic-import' ? { path: file, external: true } : undefined,
      ),
  };
}

/** TypeScript's native compiler with its lib files beside it, as it wants them, the esbuild program, and their licences. */
function copyNativeParts() {
  const native = path.join(dist, 'native');
  const platform = `${process.platform}-${process.arch}`;

  const typescript = platformPackage('typescript', `@typescript/typescript-${platform}`);
  const lib = path.join(native, 'typescript/lib');
  const files = readdirSync(path.join(typescript, 'lib')).filter((file) => !file.endsWith('.sig'));
  for (const file of files) {
    copyIfChanged(
      path.join(typescript, 'lib', file),
      path.join(lib, file),
      file.endsWith('.d.ts') ? withoutDocs : undefined,
    );
  }
  for (const file of readdirSync(lib)) if (!files.includes(file)) rmSync(path.join(lib, file));
  for (const file of ['LICENSE', 'NOTICE.txt']) {
    copyIfChanged(path.join(typescript, file), path.join(native, 'typescript', file));
  }

  const program = process.platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild';
  copyIfChanged(
    path.join(platformPackage('esbuild', `@esbuild/${platform}`), program),
    path.join(native, path.basename(program)),
  );
  copyIfChanged(path.join(root, 'node_modules/esbuild/LICENSE.md'), path.join(native, 'esbuild.LICENSE.md'));
}

/** The folder of a package that `owner` depends on for this platform; it is looked up from there. */
function platformPackage(owner, name) {
  const ownerFile = createRequire(import.meta.url).resolve(`${owner}/package.json`);
  return path.dirname(createRequire(ownerFile).resolve(`${name}/package.json`));
}

/** Copies a file, through `change` if given, unless the copy has the time of the original already. */
function copyIfChanged(from, to, change) {
  const { mode, atime, mtime } = statSync(from);
  const copy = statSync(to, { throwIfNoEntry: false });
  // Not all file systems keep more than milliseconds.
  if (copy !== undefined && Math.trunc(copy.mtimeMs) === Math.trunc(mtime.getTime())) return;
  mkdirSync(path.dirname(to), { recursive: true });
  // A running program cannot be overwritten, but its name can be given to another file.
  rmSync(to, { force: true });
  if (change === undefined) copyFileSync(from, to);
  else writeFileSync(to, change(readFileSync(from, 'utf8')), { mode });
  utimesSync(to, atime, mtime);
}

/** A declaration file without documentation comments, which are two thirds of it and which types do not need. */
function withoutDocs(declarations) {
  return declarations.replace(/^[ \t]*\/\*\*(?:(?!\*\/)[^])*\*\/(?:[ \t]*\r?\n)?/gm, '');
}

/** The licences of the packages whose code is in the bundles, which ask to travel with it. */
function thirdPartyNotices(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(path.join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : readFileSync(path.join(root, folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  const native =
    "TypeScript and esbuild: see native/. Documentation comments were taken out of TypeScript's lib files.\n";
  return [native, ...notices].join(`\n${'-'.repeat(80)}\n\n`);
}
