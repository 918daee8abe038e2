/** Finds the workflow to run among what the built project exports. */
import type { MastraLink, WorkflowReference } from '../protocol.ts';
import { isMastra, isRecord, isWorkflow } from './mastra.ts';
import type { MastraLike, WorkflowLike } from './mastra.ts';

/** What the generated bundle exports (see bundle.ts). */
export interface ProjectExports {
  /** Namespace of the project's Mastra entry; absent when the project has none. */
  readonly entry?: unknown;
  /** Namespace of the file that declares the workflow. */
  readonly module?: unknown;
  /** Imports the project's own `@mastra/core/workflows`. */
  readonly loadCore?: () => Promise<unknown>;
  /** The same of the modules that make a request context, a Mastra instance and a storage in memory. */
  readonly loadRequestContext?: () => Promise<unknown>;
  readonly loadMastra?: () => Promise<unknown>;
  readonly loadStorage?: () => Promise<unknown>;
}

export interface FoundWorkflow {
  readonly workflow: WorkflowLike;
  readonly link: MastraLink;
  readonly mastra: MastraLike | undefined;
}

/**
 * The workflow that the source names: first the very object its file exports, then the one registered under its id, then
 * one nested in a registered or exported workflow. A workflow that is not registered is handed the Mastra instance, so that
 * its steps find agents, tools and storage. Undefined when it cannot be reached.
 */
export function findWorkflow(project: ProjectExports, reference: WorkflowReference): FoundWorkflow | undefined {
  const mastra = findMastra(project.entry) ?? findMastra(project.module);
  const registered = mastra === undefined ? [] : registeredWorkflows(mastra);
  const exported = exportedWorkflows(project.module);
  const workflow =
    exportedAs(project.module, reference) ??
    [...registered, ...exported].find((candidate) => candidate.id === reference.id) ??
    nestedWorkflow([...registered, ...exported], reference.id);
  if (workflow === undefined) return undefined;
  if (mastra === undefined) return { workflow, link: 'none', mastra };
  if (registered.includes(workflow)) return { workflow, link: 'registered', mastra };
  workflow.__registerMastra?.(mastra);
  return { workflow, link: 'attached', mastra };
}

function exportedAs(module: unknown, reference: WorkflowReference): WorkflowLike | undefined {
  if (reference.exportName === undefined || !isRecord(module)) return undefined;
  const value = module[reference.exportName];
  if (!isWorkflow(value)) return undefined;
  // A stale reference (the file was edited since) must not run another workflow.
  return reference.id === undefined || value.id === reference.id ? value : undefined;
}

function findMastra(entry: unknown): MastraLike | undefined {
  if (!isRecord(entry)) return undefined;
  return [entry['mastra'], ...Object.values(entry)].find(isMastra);
}

function registeredWorkflows(mastra: MastraLike): readonly WorkflowLike[] {
  const workflows = mastra.listWorkflows?.() ?? mastra.getWorkflows?.();
  return isRecord(workflows) ? Object.values(workflows).filter(isWorkflow) : [];
}

function exportedWorkflows(module: unknown): readonly WorkflowLike[] {
  return isRecord(module) ? Object.values(module).filter(isWorkflow) : [];
}

function nestedWorkflow(roots: readonly WorkflowLike[], id: string | undefined): WorkflowLike | undefined {
  if (id === undefined) return undefined;
  const seen = new Set<WorkflowLike>(roots);
  for (const workflow of seen) {
    if (workflow.id === id) return workflow;
    if (isRecord(workflow.steps))
      for (const step of Object.values(workflow.steps)) if (isWorkflow(step)) seen.add(step);
  }
  return undefined;
}
