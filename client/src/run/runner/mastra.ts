/**
 * The parts of @mastra/core that the runner uses. The project brings its own copy of any 1.x version, so nothing here is
 * imported from it: shapes are checked when they are met, and what is missing degrades.
 */

export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export interface StandardSchema {
  readonly '~standard': {
    readonly validate: (value: unknown) => unknown;
    readonly jsonSchema?: { readonly input?: (options: { target: string }) => unknown };
  };
}

export interface WorkflowLike {
  readonly id: string;
  readonly committed?: unknown;
  /** `default`, `evented`, or an integration's own. */
  readonly engineType?: unknown;
  readonly inputSchema?: unknown;
  readonly stateSchema?: unknown;
  readonly requestContextSchema?: unknown;
  readonly steps?: unknown;
  readonly mastra?: unknown;
  createRun(options?: object): Promise<RunLike>;
  /** The stored run; since 1.0. */
  getWorkflowRunById?(runId: string, options?: object): Promise<unknown>;
  __registerMastra?(mastra: unknown): void;
}

export interface RunLike {
  readonly runId: string;
  stream(options: object): StreamLike | Promise<StreamLike>;
  resumeStream?(options: object): StreamLike | Promise<StreamLike>;
  cancel(): Promise<unknown>;
}

export interface StreamLike {
  readonly fullStream: AsyncIterable<unknown>;
  readonly result: Promise<unknown>;
}

export interface MastraLike {
  listWorkflows?(): unknown;
  getWorkflows?(): unknown;
  /** Starts what evented workflows run on. */
  startWorkers?(): Promise<unknown>;
  startEventEngine?(): Promise<unknown>;
  getStorage?(): unknown;
  /** Sends traces that wait to be sent, closes the storage. */
  shutdown?(): Promise<unknown>;
}

export interface StepLike {
  readonly id: string;
  readonly component?: unknown;
  execute: (...parameters: unknown[]) => unknown;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === 'object' || typeof value === 'function') && value !== null;
}

export function isWorkflow(value: unknown): value is WorkflowLike {
  return isRecord(value) && typeof value['id'] === 'string' && hasMethods(value, ['createRun', 'commit', 'then']);
}

export function isMastra(value: unknown): value is MastraLike {
  return (
    isRecord(value) &&
    hasMethods(value, ['getAgent', 'getWorkflow']) &&
    (hasMethods(value, ['listWorkflows']) || hasMethods(value, ['getWorkflows']))
  );
}

export function isStep(value: unknown): value is StepLike {
  return isRecord(value) && typeof value['id'] === 'string' && typeof value['execute'] === 'function';
}

export function isSchema(value: unknown): value is StandardSchema {
  const standard = isRecord(value) ? value['~standard'] : undefined;
  return isRecord(standard) && typeof standard['validate'] === 'function';
}

function hasMethods(value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'function');
}
