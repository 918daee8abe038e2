/** Where the `execute` of a step is, by the drawing that the language server makes of the workflow. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../../common/model/workflow.ts';
import type { GraphServer } from '../../graph/contract.ts';
import { executeOffset, placeOfStep } from './places.ts';
import type { Place } from './places.ts';

export interface StepPlaces {
  /** Undefined when the source does not have the step any more, or Mastra made it. Never rejects. */
  of(key: WorkflowKey, step: readonly string[]): Promise<Place | undefined>;
}

const maxDeclaration = 50_000;

export function createStepPlaces(
  code: Pick<typeof vscode, 'Uri' | 'workspace' | 'Position'>,
  server: Pick<GraphServer, 'request'>,
): StepPlaces {
  return {
    async of(key, step) {
      const answer = await server.request('mastra/graph', { uri: uriOf(code, key), key }).catch(() => undefined);
      if (answer?.kind !== 'graph') return undefined;
      const location = placeOfStep(answer.graph.nodes, step);
      if (location === undefined) return undefined;
      const { start } = location.range;
      const document = await code.workspace.openTextDocument(code.Uri.file(location.file));
      const begin = document.offsetAt(new code.Position(start.line, start.character));
      const text = document.getText().slice(begin, begin + maxDeclaration);
      const { line, character } = document.positionAt(begin + executeOffset(text));
      return { file: location.file, line, character };
    },
  };
}

/** A key is the path of the file and the name that the workflow is declared by. */
export function uriOf(code: Pick<typeof vscode, 'Uri'>, key: WorkflowKey): string {
  return code.Uri.file(key.slice(0, key.lastIndexOf('#'))).toString();
}

export function nameOf(key: WorkflowKey): string {
  return key.slice(key.lastIndexOf('#') + 1);
}
