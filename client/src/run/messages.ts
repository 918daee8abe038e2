/** Problems of runs in words, with what to do next. */
import path from 'node:path';
import { exitText } from './ending.ts';
import type { ServerProblem } from './http/problem.ts';
import { serverProblemText } from './http/words.ts';
import type { BuildError, RunProblem } from './problem.ts';

export type MessageAction =
  | { readonly kind: 'output' }
  | {
      readonly kind: 'open';
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly title: string;
    }
  | { readonly kind: 'settings'; readonly setting: string }
  | { readonly kind: 'browse'; readonly url: string; readonly title: string }
  | { readonly kind: 'trust' }
  /** Runs the same workflow without a server. */
  | { readonly kind: 'embedded' }
  | { readonly kind: 'servers' };

export interface ProblemMessage {
  readonly severity: 'error' | 'warning';
  /** One sentence or two: what happened, what to do. */
  readonly text: string;
  /** More for the output channel, e.g. every error of a build. */
  readonly details: readonly string[];
  readonly actions: readonly MessageAction[];
}

const output: MessageAction = { kind: 'output' };

/** Undefined where there is nothing to say: the user canceled. `title` names the workflow. */
export function problemMessage(problem: RunProblem, title: string): ProblemMessage | undefined {
  switch (problem.kind) {
    case 'canceled':
      return undefined;
    case 'untrusted':
      return warning('Running a workflow executes the code of this workspace. Trust the workspace to run it.', [
        { kind: 'trust' },
      ]);
    case 'node-missing':
      return nodeMissing(problem.needed, problem.found);
    case 'node-setting':
      return error(
        problem.found === undefined
          ? `The setting mastra.run.nodePath names no Node program: ${problem.path}`
          : `Mastra needs Node ${problem.needed} or newer, but mastra.run.nodePath is Node ${problem.found}.`,
        [{ kind: 'settings', setting: 'mastra.run.nodePath' }],
      );
    case 'no-project':
      return error(`There is no package.json above ${problem.file}: a workflow runs in the package it belongs to.`, []);
    case 'entry-setting':
      return error(`The setting mastra.run.entry names a file that does not exist: ${problem.entry}`, [
        { kind: 'settings', setting: 'mastra.run.entry' },
      ]);
    case 'not-writable':
      return error(
        /ENOSPC|EDQUOT|no space left|quota exceeded/i.test(problem.reason)
          ? `The disk is full: the built project cannot be written to ${problem.folder}. Make room there to run ${title}.`
          : `The built project cannot be written to ${problem.folder}. Make the folder writable to run ${title}.`,
        [output],
        [problem.reason],
      );
    case 'build-failed':
      return buildFailed(problem.errors, problem.output);
    case 'bundler-failed':
      return error(`The bundler esbuild could not be run: ${problem.reason}`, [output], [problem.reason]);
    case 'core-missing':
      return error(
        `@mastra/core is not installed in ${problem.folder}. Install the project's dependencies (for example with npm install) and run again.`,
        [{ kind: 'browse', url: 'https://mastra.ai/docs/getting-started/installation', title: 'How to Install' }],
      );
    case 'load-failed':
      return error(`The project threw while it was loaded: ${oneLine(problem.error.message)}`, [output]);
    case 'workflow-not-found':
      return error(
        `${title} cannot be reached in the built project. Export it from ${path.basename(problem.file)}` +
          (problem.hasEntry ? ', or register it in new Mastra({ workflows }).' : '.'),
        [],
      );
    case 'not-committed':
      return error(`${title} is not committed. Add .commit() at the end of its chain and run again.`, []);
    case 'start-failed':
      return error(`${title} could not be started: ${oneLine(problem.error.message)}`, [output]);
    case 'server-gone':
      return error(
        `The run of ${title} is on the server ${problem.server}, which is not in the list of servers any more. Add it again to resume the run.`,
        [],
      );
    case 'resume-refused':
      return error(`${title} was not resumed: ${oneLine(problem.error.message)} It is suspended as before.`, [output]);
    case 'exited':
      return error(
        `${problem.step === undefined ? 'The project' : `Step ${problem.step}`} called process.exit(${problem.code}), which ended the run of ${title}.`,
        [output],
      );
    case 'uncaught':
      return error(
        `An error that nothing caught ended the run of ${title}${inStep(problem.step)}: ${oneLine(problem.error.message)}`,
        [output],
      );
    case 'out-of-memory':
      return error(
        `The run of ${title} ran out of memory. More can be given with NODE_OPTIONS=--max-old-space-size=<megabytes> in the project's .env.`,
        [output],
      );
    case 'crashed':
      return error(
        `The process of ${title} ended unexpectedly (${exitText(problem.code, problem.signal)}).`,
        [output],
        problem.stderr === '' ? [] : [problem.stderr.trimEnd()],
      );
    case 'runner-failed':
      return error(`${title} could not be run: ${oneLine(problem.reason)}`, [output]);
    case 'server':
      return error(serverProblemText(problem.problem), serverActions(problem.problem));
  }
}

/** Another place is offered where this one cannot do it; what a run was told by its server is in the output. */
function serverActions({ kind }: ServerProblem): readonly MessageAction[] {
  switch (kind) {
    case 'workflow-missing':
    case 'unsupported':
      return [{ kind: 'embedded' }, { kind: 'servers' }];
    case 'rejected':
    case 'too-large':
    case 'run-missing':
    case 'end-unknown':
    case 'busy':
    case 'canceled':
      return [output];
    case 'bad-address':
    case 'refused':
    case 'unreachable':
    case 'dns':
    case 'tls':
    case 'timeout':
    case 'redirected':
    case 'unauthorized':
    case 'forbidden':
    case 'wrong-prefix':
    case 'not-mastra':
    case 'version':
      return [{ kind: 'servers' }, output];
  }
}

/** `file:line:column: message`, which the output channel makes a link of. */
export function buildErrorText(problem: BuildError): string {
  const { file, line, column, message } = problem;
  return file === undefined ? message : `${file}:${line ?? 1}:${column ?? 1}: ${message}`;
}

function nodeMissing(needed: string, found: readonly string[]): ProblemMessage {
  const seen = found.length === 0 ? 'none was found on PATH' : `only ${found.join(', ')} was found`;
  return error(`Mastra needs Node ${needed} or newer to run, but ${seen}. Install it, or set mastra.run.nodePath.`, [
    { kind: 'browse', url: 'https://nodejs.org/en/download', title: 'Download Node' },
    { kind: 'settings', setting: 'mastra.run.nodePath' },
  ]);
}

function buildFailed(errors: readonly BuildError[], text: string): ProblemMessage {
  const [first] = errors;
  const details = errors.length > 0 ? errors.map(buildErrorText) : [text];
  if (first === undefined) return error('The project does not build.', [output], details);
  const place = first.file === undefined ? '' : ` (${path.basename(first.file)}:${first.line ?? 1})`;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more errors.` : '';
  const open: readonly MessageAction[] =
    first.file === undefined
      ? []
      : [{ kind: 'open', file: first.file, line: first.line ?? 1, column: first.column ?? 1, title: 'Go to Error' }];
  return error(`The project does not build: ${oneLine(first.message)}${place}.${more}`, [...open, output], details);
}

function inStep(step: string | undefined): string {
  return step === undefined ? '' : ` in step ${step}`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function error(text: string, actions: readonly MessageAction[], details: readonly string[] = []): ProblemMessage {
  return { severity: 'error', text, actions, details };
}

function warning(text: string, actions: readonly MessageAction[]): ProblemMessage {
  return { severity: 'warning', text, actions, details: [] };
}
