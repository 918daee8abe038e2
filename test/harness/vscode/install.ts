/**
 * Installs a real VS Code into .vscode-test/: the server build that the npm package "code-server" carries, which serves
 * the web workbench by itself. Nothing is compiled and no install script runs; two small stand-ins replace the native
 * modules for log files and the watchdog. Idempotent.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from '../npm.mjs';
import { vscodeHome } from '../paths.ts';
import { phase, run } from '../process.ts';

/** code-server 4.N.x carries VS Code 1.N.x. */
const codeServerVersion = process.env['CODE_SERVER_VERSION'] ?? '4.139.1';

/** Raised when the steps below change, so that an older installation is made anew. */
const recipe = 1;

/** Parts that nothing here needs, 280 MB in all. */
const unneeded = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
];

/** Installs VS Code unless it is there; the result is the path of its server program. */
export async function installVSCode(): Promise<string> {
  const directory = path.join(vscodeHome, 'code-server');
  const vscode = path.join(directory, 'node_modules/code-server/lib/vscode');
  const server = path.join(vscode, 'out/server-main.js');
  const stamp = path.join(directory, 'installed');
  const wanted = `${codeServerVersion} recipe ${recipe}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return server;

  await phase(`VS Code 1.${codeServerVersion.slice(2)}`, async () => {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    const manifest = { private: true, dependencies: { 'code-server': codeServerVersion } };
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify(manifest));
    npm(['install', '--prefer-offline'], directory);
    // What code-server's own install script does. (`npm ci` refuses: its shrinkwrap is out of step with package.json.)
    npm(['install', '--omit=dev', '--prefer-offline'], vscode);
    npm(['install', '--omit=dev', '--prefer-offline'], path.join(vscode, 'extensions'));
    addStandIns(path.join(vscode, 'node_modules'));
    for (const part of unneeded) rmSync(path.join(vscode, part), { recursive: true, force: true });

    const { code, output } = await run(process.execPath, [server, '--version'], { show: 'on-failure' });
    if (code !== 0) throw new Error(`VS Code does not start: ${output}`);
    writeFileSync(stamp, wanted);
  });
  return server;
}

// Named assignments to `exports`: VS Code imports these by name from ES modules.
const loggerStandIn = `// Stand-in for the native logger: appends lines, never rotates.
const fs = require('node:fs');
const path = require('node:path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(type, name, file) {
    this.level = 2;
    this.plain = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.descriptor = fs.openSync(file, 'a');
  }
  write(level, message) {
    if (level < this.level || this.descriptor === undefined) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      fs.writeSync(this.descriptor, this.plain ? String(message) : time + ' [' + names[level] + '] ' + message + '\\n');
    } catch {}
  }
  trace(m) { this.write(0, m); }
  debug(m) { this.write(1, m); }
  info(m) { this.write(2, m); }
  warn(m) { this.write(3, m); }
  error(m) { this.write(4, m); }
  critical(m) { this.write(5, m); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {
    if (this.descriptor !== undefined) fs.closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
const create = async (name, file) => new Logger('', name, file);
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

const watchdogStandIn = `// Stand-in for the native watchdog: leave when the parent has gone.
exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 2000).unref();
};
exports.exit = (code) => process.exit(code || 0);
`;

function addStandIns(modules: string): void {
  const standIns: [module: string, native: string, source: string][] = [
    ['@vscode/spdlog', 'spdlog.node', loggerStandIn],
    ['@vscode/native-watchdog', 'watchdog.node', watchdogStandIn],
  ];
  for (const [module, native, source] of standIns) {
    const directory = path.join(modules, module);
    if (!existsSync(path.join(directory, 'build/Release', native)))
      writeFileSync(path.join(directory, 'index.js'), source);
  }
}
