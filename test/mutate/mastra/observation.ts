/** What the real Mastra does with a project, as plain data: what two processes say to each other. */

/** One input for one workflow. */
export interface Trial {
  /** Key of the workflow's module in the bundle, and its name in there. */
  readonly module: string;
  readonly exportName: string;
  readonly input: unknown;
  /** What a run that is suspended goes on with. */
  readonly resumeData: unknown;
}

export interface Request {
  /** File URL of the bundle: `entry` is the project's Mastra entry, `changed...` the modules that were changed. */
  readonly url: string;
  /** URL of a database that nobody else uses. */
  readonly database: string;
  readonly trials: readonly Trial[];
  /** How many milliseconds any part of a run may take. */
  readonly patience: number;
}

export interface Observation {
  /** Why the project cannot be loaded. */
  readonly load: string | undefined;
  readonly runs: readonly TrialOutcome[];
  /** Ids under which two entries of one chain keep their results. */
  readonly collisions: readonly string[];
  /** Ids under which another workflow is found than the one that has it. */
  readonly hidden: readonly string[];
  /** True when pauses have other ids each time the project is loaded: a run that waits cannot be found again. */
  readonly pausesVary: boolean;
  /** What calling a function `planted` of a changed module throws. */
  readonly planted: string | undefined;
}

export interface TrialOutcome {
  readonly workflow: string;
  /** What ends the run, as text that is the same for each run: result, errors, what it is suspended with. */
  readonly outcome: string;
  /** What is kept of each entry, by its id, as text. */
  readonly kept: Readonly<Record<string, string>>;
  /** The entries that hand on nothing, `null` or `undefined`, although they do not fail. */
  readonly nothing: readonly string[];
  /** The steps whose output is not what their schema promises, and the workflow itself likewise. */
  readonly broken: readonly string[];
}
