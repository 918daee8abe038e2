/** Runs one command: arguments in, text out, exit code back. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rulePages } from '../lsp/rulePages.ts';
import { monitorRules } from '../rules/index.ts';
import { normalizeFile } from '../typescript/files.ts';
import { analyse, noRules, type Result } from './analysis.ts';
import { help, readArguments, UsageError, type Request } from './arguments.ts';
import { exitCodeOf, toCheckJson, toCheckText } from './check.ts';
import { runWorkflow } from './run.ts';
import { toSarif } from './sarif.ts';
import { selectWorkflows, severalPictures, toGraphDocument, toGraphFiles, type GraphFile } from './graph.ts';

export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Has the next Ctrl+C call back instead of ending the process. */
  readonly onInterrupt: (interrupted: () => void) => void;
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
    case 'run':
      return runWorkflow(request, terminal);
  }
}

async function run(request: Extract<Request, { kind: 'check' | 'graph' }>, terminal: Terminal): Promise<number> {
  const { stdout, stderr, cwd } = terminal;
  const name = relativeTo(cwd);
  const problems: string[] = [];
  const monitor = monitorRules({
    onFailure: (rule, error) => problems.push(`The rule ${rule} failed: ${describe(error)}`),
    now: () => performance.now(),
  });
  const start = performance.now();
  const result = await analyse(request.paths, {
    cwd,
    name,
    shapes: request.format === 'mermaid' || request.format === 'svg',
    rules: request.kind === 'check' ? request.rules : noRules,
    run: monitor.run,
  });
  problems.push(...result.problems);
  let exitCode = 0;
  if (request.kind === 'check') {
    exitCode = exitCodeOf(result);
    stdout.write(await toCheckOutput(request.format, result, name, terminal));
    if (request.verbose) {
      stderr.write(`Analysis: ${(performance.now() - start).toFixed(0)} ms\n${monitor.times() ?? 'Rules: none'}\n`);
    }
  } else {
    const { selected, problem } = selectWorkflows(result, request.workflow);
    if (problem !== undefined) problems.push(problem);
    if (request.out !== undefined) {
      const folder = path.resolve(cwd, request.out);
      const files = toGraphFiles(request.format, selected, name);
      problems.push(...(await writeFiles(folder, files, (file) => stdout.write(`${name(normalizeFile(file))}\n`))));
    } else if (selected.length > 0 || request.format !== 'svg') {
      const document = toGraphDocument(request.format, selected, name);
      if (document === undefined) problems.push(severalPictures(selected));
      else stdout.write(document);
    }
  }
  for (const line of [...result.notes, ...problems]) stderr.write(`${line}\n`);
  return problems.length > 0 ? failure : exitCode;
}

/** Returns what went wrong, in sentences; the folder is made where there is none. */
async function writeFiles(
  folder: string,
  files: readonly GraphFile[],
  onWritten: (file: string) => void,
): Promise<readonly string[]> {
  try {
    if (files.length > 0) await mkdir(folder, { recursive: true });
    for (const { name, text } of files) {
      const file = path.join(folder, name);
      await writeFile(file, text);
      onWritten(file);
    }
    return [];
  } catch (error) {
    return [`The files could not be written: ${error instanceof Error ? error.message : String(error)}`];
  }
}

async function toCheckOutput(
  format: 'text' | 'json' | 'sarif',
  result: Result,
  name: (file: string) => string,
  terminal: Terminal,
): Promise<string> {
  switch (format) {
    case 'text':
      return toCheckText(result, name, usesColour(terminal));
    case 'json':
      return toCheckJson(result, name);
    case 'sarif':
      return toSarif(result, {
        root: normalizeFile(terminal.cwd),
        version: await version(),
        page: rulePages(),
        pageText: (url) => readFile(fileURLToPath(url), 'utf8').catch(() => undefined),
      });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
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
