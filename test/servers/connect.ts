/** A connection to a server, with what it told. */
import { createRunLog, foldRun } from '../../common/runlog/index.ts';
import type { Json, RunEvent, RunState } from '../../common/runlog/index.ts';
import type { RunConnection } from '../../client/src/run/connection.ts';
import type { ServerAddress } from '../../client/src/run/http/address.ts';
import { openHttpConnection } from '../../client/src/run/http/connection.ts';
import type { HttpTiming } from '../../client/src/run/http/connection.ts';

export interface Recorded {
  readonly connection: RunConnection;
  readonly events: readonly RunEvent[];
  readonly log: readonly string[];
  state(): RunState;
  /** The id that the server knows the run by. */
  runId(): string;
}

export function connectTo(
  address: ServerAddress,
  workflow: { readonly id?: string; readonly name?: string; readonly exportName?: string },
  timing: Partial<HttpTiming> = {},
): Recorded {
  const runLog = createRunLog();
  const log: string[] = [];
  const connection = openHttpConnection({
    address,
    workflow: { id: workflow.id, name: workflow.name, exportName: workflow.exportName },
    onEvent: (event) => runLog.append(event),
    log: (message) => void log.push(message),
    timing,
  });
  return {
    connection,
    events: runLog.events,
    log,
    state: () => foldRun(runLog.events),
    runId: () => foldRun(runLog.events).runId ?? '',
  };
}

export function inputs(input: Json): { input: Json; state: undefined; requestContext: undefined } {
  return { input, state: undefined, requestContext: undefined };
}
