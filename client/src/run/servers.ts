/** Where runs take place, as one small contract: the service drives the embedded runner, `mastra dev` and remote servers alike. */
import type { RunConnection, RunListener } from './connection.ts';
import type { WorkflowReference } from './protocol.ts';

/** What a connection is opened for. */
export interface RunTarget {
  /** The file that declares the workflow, absolute. */
  readonly file: string;
  /** Its workspace folder, absolute; the file itself when it lies outside of every folder. */
  readonly folder: string;
  readonly workflow: WorkflowReference;
}

export interface RunServer {
  /** Stable over sessions: kept with a run, so that it can be resumed where it began. `embedded`, or as the list of servers has it. */
  readonly id: string;
  /** As shown to a person: `Embedded`, `mastra dev`, the name of a remote server. */
  readonly label: string;
  readonly kind: 'embedded' | 'dev' | 'remote';
  /** Never throws: what goes wrong rejects `loaded` of the connection. One connection is for one run, with its resumptions. */
  open(target: RunTarget, listener: RunListener): RunConnection;
}

/** Which server a run goes to. */
export interface RunServers {
  /** The one that new runs of workflows below `folder` (see RunTarget) go to. */
  current(folder: string): RunServer;
  /** The one that an earlier run took place on; undefined when it is not in the list any more. */
  find(folder: string, id: string): RunServer | undefined;
}
