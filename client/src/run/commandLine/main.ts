/** A run from the command line: the same connections as in the editor, events as lines, the outcome as an exit code. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runExitCodes } from '../../../../common/protocol/commandLineRun.ts';
import type {
  CommandLineRun,
  CommandLineTerminal,
  RunFromCommandLine,
} from '../../../../common/protocol/commandLineRun.ts';
import { encodeEvent } from '../../../../common/runlog/file.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import { issuesText } from '../check.ts';
import type { RunConnection, RunListener } from '../connection.ts';
import { defaultApiPrefix } from '../http/address.ts';
import { openHttpConnection } from '../http/connection.ts';
import { launchRunner } from '../launch.ts';
import { problemMessage } from '../messages.ts';
import { RunFailure } from '../problem.ts';
import type { RunProblem } from '../problem.ts';
import { openSession } from '../session.ts';
import type { RunTarget } from '../servers.ts';
import { findTools } from '../tools.ts';
import { openLogFile } from './logFile.ts';

export const runFromCommandLine: RunFromCommandLine = async (run, terminal) => {
  const title = run.workflow.id ?? run.workflow.name ?? 'workflow';
  const log = openLogFile(run, terminal.say);
  if (log === undefined) return runExitCodes.notRun;
  const events: { first?: RunEventBody; last?: RunEventBody; count: number } = { count: 0 };
  const connection = connect(run, terminal, {
    onEvent(event) {
      events.first ??= event;
      events.last = event;
      terminal.event(encodeEvent({ ...event, seq: events.count }));
      events.count += 1;
      log.append(event);
    },
    log: () => undefined,
  });
  terminal.onInterrupt(() => connection.cancel());
  try {
    const problem = await conduct(run, connection, title);
    if (problem !== undefined) {
      for (const line of problem.sentences) terminal.say(line);
      if (problem.canceled) return runExitCodes.canceled;
      return events.first?.type === 'run-started' ? runExitCodes.failed : runExitCodes.notRun;
    }
    return exitCodeOf(events.last, title, terminal);
  } finally {
    await log.end();
    await connection.dispose();
  }
};

interface Trouble {
  readonly sentences: readonly string[];
  readonly canceled: boolean;
}

/** Undefined when the run ended by itself. */
async function conduct(run: CommandLineRun, connection: RunConnection, title: string): Promise<Trouble | undefined> {
  try {
    const loaded = await connection.loaded;
    if (loaded.needsState && run.state === undefined) {
      return trouble(`${title} needs an initial state: give it as a file of JSON with --state.`);
    }
    for (const part of ['input', 'state'] as const) {
      const value = run[part];
      const issues = value === undefined ? undefined : issuesText(await connection.validate(part, value));
      if (issues !== undefined) return trouble(`The ${part} of ${title} does not fit: ${issues}`);
    }
  } catch (error) {
    if (error instanceof RunFailure) return troubleOf(error.problem, title);
    throw error;
  }
  const { input, state, requestContext } = run;
  const problem = await connection.start({ input, state, requestContext });
  return problem === undefined ? undefined : troubleOf(problem, title);
}

function trouble(sentence: string): Trouble {
  return { sentences: [sentence], canceled: false };
}

function troubleOf(problem: RunProblem, title: string): Trouble {
  const message = problemMessage(problem, title);
  const sentences = message === undefined ? [`${title} was canceled.`] : [message.text, ...message.details];
  return { sentences, canceled: problem.kind === 'canceled' };
}

function exitCodeOf(last: RunEventBody | undefined, title: string, { say }: CommandLineTerminal): number {
  if (last?.type !== 'run-finished') return runExitCodes.failed;
  switch (last.status) {
    case 'success':
      return runExitCodes.success;
    case 'failed':
      say(`${title} failed: ${last.error?.message ?? 'without a reason'}`);
      return runExitCodes.failed;
    case 'suspended':
      say(`${title} is suspended: it waits for an answer. Resume it in the editor, or on the server.`);
      return runExitCodes.suspended;
    case 'canceled':
      say(`${title} was canceled.`);
      return runExitCodes.canceled;
  }
}

function connect(run: CommandLineRun, terminal: CommandLineTerminal, listener: RunListener): RunConnection {
  const { id, name, exportName, file } = run.workflow;
  const workflow = { id, name, exportName };
  if (run.server !== undefined) {
    const { url, token, apiPrefix = defaultApiPrefix } = run.server;
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return openHttpConnection({ ...listener, workflow, address: { url, apiPrefix, headers } });
  }
  const target: RunTarget = { file, folder: run.folder, workflow };
  const nodeSearch = {
    setting: undefined,
    environment: terminal.environment,
    own: { path: process.execPath, version: process.versions.node },
  };
  // This file is dist/run.cjs then.
  const tools = findTools(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  const options = { target, entrySetting: undefined, nodeSearch, ...tools, log: listener.log };
  return openSession({ ...listener, target, launch: (signal) => launchRunner(options, signal) });
}
