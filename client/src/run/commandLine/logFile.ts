/** The log that `run --log FILE` writes: the same file as the history of the editor has, which imports it. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { CommandLineRun } from '../../../../common/protocol/commandLineRun.ts';
import { recordingProblemText } from '../../history/problem.ts';
import { createRecording } from '../../history/recorder.ts';
import type { Recording } from '../../history/recorder.ts';
import { defaultRedact } from '../../history/settings.ts';
import { createCleaner } from '../../history/values.ts';
import { serverName } from '../http/address.ts';

/** Larger than any log that a person wants to look at. */
const maxLogBytes = 2_000_000_000;

/** Undefined, with the reason said, when there is a file of that name already: what a run did is never overwritten. */
export function openLogFile(
  run: CommandLineRun,
  say: (sentence: string) => void,
): Pick<Recording, 'append' | 'end'> | undefined {
  const { logFile, workflow, server } = run;
  if (logFile === undefined) return { append: () => undefined, end: () => Promise.resolve() };
  if (existsSync(logFile)) {
    say(`${logFile} exists already. Name another file, or move it away.`);
    return undefined;
  }
  const id = randomUUID();
  return createRecording({
    place: (first) =>
      Promise.resolve({
        kind: 'new',
        files: { id, log: logFile, pinned: `${logFile}.pinned`, live: `${logFile}.live` },
        header: {
          id,
          workflow: { key: workflow.key, id: workflow.id, name: workflow.name, file: workflow.file },
          server:
            server === undefined
              ? { id: 'embedded', kind: 'embedded', name: 'Command line' }
              : { id: 'remote', kind: 'remote', name: serverName(server) },
          mastraVersion: undefined,
          startedAt: first.time,
          inputName: undefined,
          imported: undefined,
          graph: undefined,
        },
      }),
    cleaner: createCleaner(defaultRedact),
    limit: maxLogBytes,
    onProblem: (problem) => say(recordingProblemText(problem, workflow.id ?? workflow.name ?? 'the workflow')),
  });
}
