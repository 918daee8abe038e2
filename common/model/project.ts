/** What the analysis knows of a whole project (one workspace folder, or the paths given to the command line). */
import type { Fact } from './facts/index.ts';
import type { ModuleModel } from './modules.ts';
import type { EnvironmentNames, ModelRegistry } from './models.ts';
import type { InstalledPackages } from './packages.ts';
import type { Location, Range } from './text.ts';
import type { WorkflowKey, WorkflowModel } from './workflow.ts';

export interface ProjectModel {
  readonly workflows: ReadonlyMap<WorkflowKey, WorkflowModel>;
  /** Every use of a workflow that was found, other than as a step of a chain (those are WorkflowEntry). */
  readonly uses: readonly WorkflowUse[];
  /** Files that import `@mastra/*` and were read, absolute. */
  readonly files: readonly string[];
  readonly opaque: readonly OpaquePart[];
  /** About the code around workflows; none when undefined. */
  readonly facts?: readonly Fact[];
  /** The models that the installed Mastra lists; undefined when nothing asks for them, or it has no list. */
  readonly models?: ModelRegistry;
  /** Of the files that name a model. */
  readonly environment?: ReadonlyMap<string, EnvironmentNames>;
  /** What the files of a folder import or run by `npx`, by folder. */
  readonly packages?: ReadonlyMap<string, InstalledPackages>;
  /** The files of the project that each file imports, directly or not. */
  readonly imports?: ReadonlyMap<string, readonly string[]>;
  /** By file; of modules that load each other in a circle, and of what loads them. */
  readonly modules?: ReadonlyMap<string, ModuleModel>;
  readonly mastra: MastraInstallation;
  /** Files that resolve another installation than `mastra`, e.g. in a monorepo. */
  readonly otherInstallations?: ReadonlyMap<string, MastraInstallation>;
}

export interface WorkflowUse extends Location {
  readonly workflow: WorkflowKey;
  /** `extended`: the chain of a workflow goes on in another file than its own; rules about completeness stay silent for it. */
  readonly kind: 'registered' | 'run' | 'extended' | 'other';
}

export interface OpaquePart {
  readonly file: string;
  readonly range: Range;
  readonly reason: string;
}

/** `@mastra/core` as the analysed files resolve it. */
export type MastraInstallation =
  | { readonly kind: 'installed'; readonly version: string }
  /** Structure is still read from syntax; everything about schemas is opaque. */
  | { readonly kind: 'missing' };
