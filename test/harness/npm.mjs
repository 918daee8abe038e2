// npm as a program. Plain JavaScript without dependencies: set-up uses it before anything is installed.
import { execFileSync } from 'node:child_process';

/** `npm test` describes itself to its children by variables that would make another npm install elsewhere or other things. */
const inherited =
  /^npm_(package_|lifecycle_|command|config_(local_prefix|global|prefix|workspace|omit|include|production))/i;

/** @param {readonly string[]} args @param {string} cwd */
export function npm(args, cwd) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
  const options = { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 };
  // No package that we use needs its install script.
  const all = [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--workspaces=false'];
  const cli = process.env['npm_execpath'];
  try {
    if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli)) execFileSync(process.execPath, [cli, ...all], options);
    else execFileSync('npm', all, { ...options, shell: process.platform === 'win32' });
  } catch (error) {
    const output = error.stderr || error.stdout || error.message;
    throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${output}`, { cause: error });
  }
}
