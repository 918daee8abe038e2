/** `run`: finds the workflow in the source, reads what it is given, and hands both to the part that runs workflows. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { knownOr } from '../../../common/model/known.ts';
import { runExitCodes } from '../../../common/protocol/commandLineRun.ts';
import type { RunFromCommandLine } from '../../../common/protocol/commandLineRun.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { toJson } from '../../../common/runlog/json.ts';
import { analyse, noRules } from './analysis.ts';
import type { Request } from './arguments.ts';
import { selectWorkflows } from './graph.ts';
import type { Selected } from './graph.ts';
import type { Terminal } from './main.ts';

type RunArguments = Extract<Request, { kind: 'run' }>;

/** The exit code, one of `runExitCodes`. Events go to stdout, sentences to stderr. */
export async function runWorkflow(request: RunArguments, terminal: Terminal): Promise<number> {
  const { cwd, environment, stdout, stderr, onInterrupt } = terminal;
  const say = (sentence: string): void => {
    stderr.write(`${sentence}\n`);
  };
  const found = await findWorkflow(request, cwd);
  if (typeof found === 'string') {
    say(found);
    return runExitCodes.notRun;
  }
  try {
    const [input = {}, state, requestContext] = await Promise.all([
      readJson('--input', request.input, cwd),
      readJson('--state', request.state, cwd),
      readJson('--context', request.requestContext, cwd),
    ]);
    const { file, id, name, exportName, key } = found.workflow;
    const run = loadRunner();
    return await run(
      {
        workflow: { key, file, name, exportName, id: knownOr(id, undefined) },
        folder: path.resolve(cwd, request.path),
        input,
        state,
        requestContext,
        server: request.server === undefined ? undefined : serverOf(request, request.server, environment),
        logFile: request.log === undefined ? undefined : path.resolve(cwd, request.log),
      },
      { environment, event: (line) => stdout.write(line), say, onInterrupt },
    );
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    say(error.message);
    return runExitCodes.notRun;
  }
}

/** The workflow, or why there is none, in words. */
async function findWorkflow(request: RunArguments, cwd: string): Promise<Selected | string> {
  const result = await analyse([request.path], {
    cwd,
    name: (file) => file,
    shapes: false,
    rules: noRules,
    run: () => undefined,
  });
  const { selected, problem } = selectWorkflows(result, request.workflow);
  const [first, second] = selected;
  if (first === undefined) return [...result.problems, ...(problem === undefined ? [] : [problem])].join('\n');
  if (second !== undefined) {
    const files = selected.map(({ workflow }) => workflow.file).join(', ');
    return `There are several workflows '${request.workflow}': ${files}. Give the folder of the one to run.`;
  }
  return first;
}

/** A file of JSON that cannot be read; `message` is for a person. */
class UnreadableFile extends Error {}

async function readJson(option: string, file: string | undefined, cwd: string): Promise<Json | undefined> {
  if (file === undefined) return undefined;
  const name = file === '-' ? 'The standard input' : file;
  let content: string;
  try {
    content = file === '-' ? await text(process.stdin) : await readFile(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UnreadableFile(`${name} (${option}) cannot be read: ${messageOf(error)}`, { cause: error });
  }
  try {
    const value: unknown = JSON.parse(content.replace(/^\uFEFF/, ''));
    return toJson(value);
  } catch (error) {
    throw new UnreadableFile(`${name} (${option}) is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

function serverOf({ apiPrefix }: RunArguments, url: string, environment: Terminal['environment']) {
  const token = environment['MASTRA_SERVER_TOKEN'];
  return { url, apiPrefix, token: token === '' ? undefined : token };
}

/** A bundle of its own beside this one: the analysis knows nothing of how workflows are run. */
function loadRunner(): RunFromCommandLine {
  const load: (file: string) => unknown = createRequire(import.meta.url);
  const bundle = load('./run.cjs');
  if (!runs(bundle)) throw new Error('run.cjs beside the command line is of another version.');
  return bundle.runFromCommandLine;
}

function runs(bundle: unknown): bundle is { readonly runFromCommandLine: RunFromCommandLine } {
  return typeof bundle === 'object' && bundle !== null && 'runFromCommandLine' in bundle;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
