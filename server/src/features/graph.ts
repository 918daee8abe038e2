/** What is to be drawn of a workflow, or why nothing is now. */
import type { ProjectModel } from '../../../common/model/index.ts';
import type { GraphResult } from '../../../common/protocol/messages.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import { buildModel } from '../graph/build.ts';

export interface GraphSource {
  readonly project: ProjectModel;
  readonly findings: readonly Finding[];
  readonly syntaxErrors: ReadonlyMap<string, string>;
  readonly revision: number;
}

/** `file` is where the workflow was when it was asked for: while that does not parse, the workflow is not gone. */
export function graphOf(source: GraphSource, file: string | undefined, key: string): GraphResult {
  const workflow = source.project.workflows.get(key);
  const broken = source.syntaxErrors.get(workflow?.file ?? file ?? '');
  if (broken !== undefined) return { kind: 'broken', message: broken };
  const graph = buildModel(source.project, key, source.findings);
  return graph === undefined ? { kind: 'gone' } : { kind: 'graph', graph, version: source.revision };
}
