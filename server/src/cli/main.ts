/** Runs one command: arguments in, text out, exit code back. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalizeFile } from '../typescript/files.ts';
import { analyse } from './analysis.ts';
import { help, readArguments, UsageError, type Request } from './arguments.ts';
import { exitCodeOf, toCheckJson, toCheckText } from './check.ts';
import { selectWorkflows, toGraphJson, toGraphMermaid } from './graph.ts';

export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const failure = 2;

/** The exit code. Only results go to stdout; reasons and notes go to stderr. */
export async function main(given: readonly string[], terminal: Terminal): Promise<number> {
  const { stdout, stderr } = terminal;
  let request: Request;
  try {
    request = readArguments(given);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${error.message}\nRun with --help to see how it is used.\n`);
    return failure;
  }
  switch (request.kind) {
    case 'help':
      stdout.write(help);
      return 0;
    case 'version':
      stdout.write(`${await version()}\n`);
      return 0;
    case 'check':
    case 'graph':
      return run(request, terminal);
  }
}

async function run(request: Extract<Request, { paths: unknown }>, terminal: Terminal): Promise<number> {
  const { stdout, stderr, cwd } = terminal;
  const name = relativeTo(cwd);
  const result = await analyse(request.paths, { cwd, name, shapes: request.format === 'mermaid' });
  const problems = [...result.problems];
  let exitCode = 0;
  if (request.kind === 'check') {
    exitCode = exitCodeOf(result);
    stdout.write(
      request.format === 'json' ? toCheckJson(result, name) : await toCheckText(result, name, usesColour(terminal)),
    );
  } else {
    const { selected, problem } = selectWorkflows(result, request.workflow);
    if (problem !== undefined) problems.push(problem);
    stdout.write(request.format === 'json' ? toGraphJson(selected, name) : toGraphMermaid(selected, name));
  }
  for (const line of [...result.notes, ...problems]) stderr.write(`${line}\n`);
  return problems.length > 0 ? failure : exitCode;
}

/** https://no-color.org: a variable that is set and not empty switches colours off. */
function usesColour({ stdout, environment }: Terminal): boolean {
  return stdout.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}

/** Names files relative to `cwd`, with forward slashes. */
function relativeTo(cwd: string): (file: string) => string {
  const from = normalizeFile(cwd);
  return (file) => path.posix.relative(from, file) || '.';
}

/** The version of the package that this file is a part of, bundled or not. */
async function version(): Promise<string> {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => '{}');
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
    if (path.dirname(folder) === folder) return 'unknown';
  }
}
