/**
 * What the command line hands to the part of the extension that runs workflows. That part is a bundle of its own, `dist/run.cjs`,
 * which exports a function of type `RunFromCommandLine` as `runFromCommandLine`.
 */
import type { WorkflowKey } from '../model/workflow.ts';
import type { Json } from '../runlog/events.ts';

export interface CommandLineRun {
  readonly workflow: {
    readonly key: WorkflowKey;
    readonly id: string | undefined;
    readonly name: string | undefined;
    readonly exportName: string | undefined;
    /** The file that declares it, absolute. */
    readonly file: string;
  };
  /** The folder that was given, absolute. */
  readonly folder: string;
  readonly input: Json;
  readonly state: Json | undefined;
  readonly requestContext: Json | undefined;
  /** Undefined for a run in a process of our own. */
  readonly server: CommandLineServer | undefined;
  /** Absolute path of the log to write; there must be no such file yet. */
  readonly logFile: string | undefined;
}

export interface CommandLineServer {
  readonly url: string;
  readonly apiPrefix: string | undefined;
  /** Sent as `Authorization: Bearer ...`. */
  readonly token: string | undefined;
}

export interface CommandLineTerminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** One event as a line of JSON, with its line break. */
  readonly event: (line: string) => void;
  /** A sentence for a person. */
  readonly say: (sentence: string) => void;
  /** Calls back at each Ctrl+C. */
  readonly onInterrupt: (interrupted: () => void) => void;
}

/** How a run from the command line ends, as its exit code. */
export const runExitCodes = {
  success: 0,
  failed: 1,
  /** It did not come to a run: unknown workflow, wrong input, no server. */
  notRun: 2,
  suspended: 3,
  /** As shells have it for Ctrl+C. */
  canceled: 130,
} as const;

/** Runs once and resolves to the exit code. Never rejects for a fault of the project, the input or the server. */
export type RunFromCommandLine = (run: CommandLineRun, terminal: CommandLineTerminal) => Promise<number>;
