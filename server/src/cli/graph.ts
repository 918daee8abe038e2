/** What `graph` prints or writes: workflows as JSON, as Mermaid flowcharts or as SVG pictures. */
import { distinctFileNames } from '../../../common/graph/file-name.ts';
import { toMermaid } from '../../../common/graph/mermaid.ts';
import { toSvg } from '../../../common/graph/svg.ts';
import { layoutGraph } from '../../../common/graph/view.ts';
import { knownOr } from '../../../common/model/known.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import type { WorkflowModel } from '../../../common/model/workflow.ts';
import { modelOfWorkflow } from '../graph/build.ts';
import { graphDocument } from '../graph/json.ts';
import type { Result } from './analysis.ts';

export type GraphFormat = 'json' | 'mermaid' | 'svg';

type Name = (file: string) => string;

export interface Selected {
  readonly project: ProjectModel;
  readonly workflow: WorkflowModel;
}

/** All workflows of the result, or those with the id (else the exported name, else the declared name) `wanted`. */
export function selectWorkflows(
  { scopes }: Result,
  wanted: string | undefined,
): { readonly selected: readonly Selected[]; readonly problem: string | undefined } {
  const all = scopes.flatMap(({ project, workflows }) => workflows.map((workflow) => ({ project, workflow })));
  if (wanted === undefined) return { selected: all, problem: undefined };
  const ways: readonly ((workflow: WorkflowModel) => string | undefined)[] = [
    ({ id }) => knownOr(id, undefined),
    ({ exportName }) => exportName,
    ({ name }) => name,
  ];
  for (const way of ways) {
    const selected = all.filter(({ workflow }) => way(workflow) === wanted);
    if (selected.length > 0) return { selected, problem: undefined };
  }
  const ids = all.flatMap(({ workflow }) => knownOr(workflow.id, workflow.name) ?? []).sort();
  const choice = ids.length === 0 ? 'there are no workflows.' : `there are ${ids.join(', ')}.`;
  return { selected: [], problem: `There is no workflow '${wanted}'; ${choice}` };
}

/** Everything as one document; undefined for several pictures, of which a file holds one. */
export function toGraphDocument(format: GraphFormat, selected: readonly Selected[], name: Name): string | undefined {
  switch (format) {
    case 'json':
      return toGraphJson(selected, name);
    case 'mermaid':
      return toGraphMermaid(selected, name);
    case 'svg':
      return selected.length === 1 ? selected.map(pictureOf).join('') : undefined;
  }
}

export interface GraphFile {
  /** With its extension, without a folder; no two alike. */
  readonly name: string;
  readonly text: string;
}

const extensions: Readonly<Record<GraphFormat, string>> = { json: 'json', mermaid: 'mmd', svg: 'svg' };

/** A file for each workflow, called by its id. */
export function toGraphFiles(format: GraphFormat, selected: readonly Selected[], name: Name): readonly GraphFile[] {
  const names = distinctFileNames(selected.map(({ workflow }) => titleOf(workflow)));
  return selected.map((each, index) => ({
    name: `${names[index] ?? 'workflow'}.${extensions[format]}`,
    text: toGraphDocument(format, [each], name) ?? '',
  }));
}

/** Why several pictures are not printed, and what to do instead. */
export function severalPictures(selected: readonly Selected[]): string {
  const ids = selected.map(({ workflow }) => titleOf(workflow));
  const named = ids.slice(0, 5).join(', ') + (ids.length > 5 ? ', ...' : '');
  return `There are ${ids.length} workflows (${named}), and an SVG file holds one: choose one with --workflow ID, or give --out DIR to write a file for each.`;
}

function titleOf(workflow: WorkflowModel): string {
  return knownOr(workflow.id, workflow.name) ?? 'workflow';
}

function pictureOf({ project, workflow }: Selected): string {
  return toSvg(layoutGraph(modelOfWorkflow(project, workflow, [])));
}

/** One JSON array, ending with a line break. */
function toGraphJson(selected: readonly Selected[], name: Name): string {
  const document = selected.map(({ project, workflow }) => graphDocument(project, workflow, name));
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** One flowchart after the other; a comment in front says which workflow it is. */
function toGraphMermaid(selected: readonly Selected[], name: Name): string {
  return selected
    .map(({ project, workflow }) => {
      const place = `${name(workflow.file)}:${workflow.nameRange.start.line + 1}`;
      return `%% ${titleOf(workflow)} (${place})\n${toMermaid(modelOfWorkflow(project, workflow, []))}`;
    })
    .join('\n');
}
