/** What a `mastra dev` of a project is to the rest of the extension. */
import type { NodeProgram } from '../../run/node.ts';
import type { SourceCheck } from './check.ts';
import type { DevProblem } from './problem.ts';
import type { DevAddress, DevEffect, DevState } from './state.ts';

export interface DevProject {
  /** Folder of the package.json. */
  readonly root: string;
  /** The file that makes `new Mastra(...)`: `index.ts` or `index.js` of the Mastra folder. */
  readonly entry: string;
  readonly mastraFolder: string;
}

/** What the machine wants to be told to the author. */
export type DevNotice = Exclude<DevEffect, { kind: 'diagnose' }>;

export interface DevServerOptions {
  readonly project: DevProject;
  /** The environment of the extension host. */
  readonly inherited: NodeJS.ProcessEnv;
  /** Throws RunFailure. */
  readonly findNode: () => Promise<NodeProgram>;
  /** Builds the project with our own bundler. Throws when that is not possible. */
  readonly check: (signal: AbortSignal) => Promise<SourceCheck>;
  /** A line for the output channel. */
  readonly print: (line: string) => void;
  readonly notify: (notice: DevNotice) => void;
  readonly log: (message: string) => void;
  readonly onDidChange: () => void;
}

export type DevStart =
  { readonly kind: 'ready'; readonly address: DevAddress } | { readonly kind: 'problem'; readonly problem: DevProblem };

export interface DevServer {
  readonly project: DevProject;
  readonly state: DevState;
  /** The process that was started, or found. */
  readonly pid: number | undefined;
  /** Starts it, or uses one that runs already. Resolves when it answers, or will not. One start at a time: later ones join it. */
  start(): Promise<DevStart>;
  /** Looks for one that somebody else has started. */
  look(): Promise<void>;
  /** Ends the one that was started here, and only that. Resolves when its processes are gone. */
  stop(): Promise<void>;
  /** Lets go of one that somebody else has started. */
  release(): void;
  /** A file was saved, absolute. */
  saved(file: string): void;
  /** Resolves when the running server has the source of now, or is known not to get it; also when it ends. */
  caughtUp(signal: AbortSignal): Promise<DevState>;
  /** Ends everything at once. */
  dispose(): void;
}
