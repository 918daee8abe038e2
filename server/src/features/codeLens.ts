/** The lens `Run | Graph` over each workflow of a file. */
import type { CodeLens } from 'vscode-languageserver';
import type { ProjectModel } from '../../../common/model/index.ts';
import { commandIds } from '../../../common/protocol/ids.ts';

/** `uri` is the file's, as the editor wrote it: the commands hand it back. */
export function codeLenses(project: ProjectModel, file: string, uri: string): readonly CodeLens[] {
  return [...project.workflows.values()]
    .filter((workflow) => workflow.file === file)
    .flatMap(({ key, nameRange }) => [
      { range: nameRange, command: { title: 'Run', command: commandIds.runWorkflow, arguments: [{ uri, key }] } },
      { range: nameRange, command: { title: 'Graph', command: commandIds.showGraph, arguments: [{ uri, key }] } },
    ]);
}
