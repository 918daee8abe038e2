/** What failed in the last run of a workflow, on the line where it failed, until the next run or an edit of the file. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../../common/model/workflow.ts';
import type { RunError, RunEvent } from '../../../../common/runlog/events.ts';
import type { GraphRuns } from '../../graph/contract.ts';
import { stepName } from '../output.ts';
import { createRunTree } from './tree.ts';
import type { RunTree, StepNode, StepTime } from './tree.ts';
import { placeOfError } from './places.ts';
import { isOwn } from './own.ts';
import type { StepPlaces } from './stepPlaces.ts';

export interface RunDiagnosticsDependencies {
  readonly vscode: Pick<
    typeof vscode,
    'Diagnostic' | 'DiagnosticSeverity' | 'Range' | 'Uri' | 'languages' | 'workspace'
  >;
  readonly runs: Pick<GraphRuns, 'events' | 'onDidChange'>;
  readonly places: StepPlaces;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

const source = 'Mastra Run';
const maxDiagnostics = 20;

export function registerRunDiagnostics({ vscode: code, runs, places, log }: RunDiagnosticsDependencies): {
  dispose(): void;
} {
  const collection = code.languages.createDiagnosticCollection(source);
  /** The files that the last run of a workflow marks. */
  const marked = new Map<WorkflowKey, readonly vscode.Uri[]>();
  /** The end of the run that was looked at last. */
  const seen = new Map<WorkflowKey, RunEvent | undefined>();

  const clear = (key: WorkflowKey): void => {
    for (const uri of marked.get(key) ?? []) collection.delete(uri);
    marked.delete(key);
  };

  const mark = async (key: WorkflowKey, events: readonly RunEvent[]): Promise<void> => {
    const growing = createRunTree();
    for (const event of events) growing.append(event);
    const found = new Map<string, { readonly uri: vscode.Uri; readonly diagnostics: vscode.Diagnostic[] }>();
    for (const time of failures(growing.tree).slice(0, maxDiagnostics)) {
      if (time.error === undefined) continue;
      const place = placeOfError(time.error, (file) => isOwn(code, file)) ?? (await places.of(key, time.path));
      if (place === undefined) continue;
      const uri = code.Uri.file(place.file);
      const document = await code.workspace.openTextDocument(uri);
      const line = document.lineAt(Math.min(place.line, document.lineCount - 1));
      const range = new code.Range(
        line.lineNumber,
        Math.min(place.character, line.text.length),
        line.lineNumber,
        line.text.length,
      );
      const diagnostic = new code.Diagnostic(range, messageOf(time), code.DiagnosticSeverity.Error);
      diagnostic.source = source;
      const entry = found.get(uri.toString()) ?? { uri, diagnostics: [] };
      entry.diagnostics.push(diagnostic);
      found.set(uri.toString(), entry);
    }
    // The next run may have begun meanwhile.
    if (runs.events(key) !== events || lastOfRun(events)?.type !== 'run-finished') return;
    for (const { uri, diagnostics } of found.values()) collection.set(uri, diagnostics);
    marked.set(
      key,
      [...found.values()].map(({ uri }) => uri),
    );
  };

  const subscriptions = [
    runs.onDidChange((key) => {
      const events = runs.events(key);
      const last = events === undefined ? undefined : lastOfRun(events);
      if (last === seen.get(key)) return;
      seen.set(key, last);
      clear(key);
      if (events === undefined || last?.type !== 'run-finished' || last.status !== 'failed') return;
      mark(key, events).catch((error: unknown) =>
        log.warn(`The failed steps of ${key} cannot be marked: ${String(error)}`),
      );
    }),
    code.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && collection.has(document.uri)) collection.delete(document.uri);
    }),
  ];
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      collection.dispose();
    },
  };
}

function lastOfRun(events: readonly RunEvent[]): RunEvent | undefined {
  return events.findLast((event) => event.type !== 'console');
}

/** The innermost ones: a workflow only repeats what happened in it. */
function failures(tree: Pick<RunTree, 'steps'>): readonly StepTime[] {
  const inside = (node: StepNode): readonly StepTime[] =>
    node.times.flatMap((time) => {
      const inner = [...time.steps.values()].flatMap(inside);
      return inner.length > 0 || time.status !== 'failed' ? inner : [time];
    });
  return [...tree.steps.values()].flatMap(inside);
}

function messageOf({ path, error, validation }: StepTime): string {
  const head = `${stepName(path)} failed in the last run`;
  if (validation.length > 0) return `${head}: ${validation.join('; ')}`;
  return error === undefined ? head : `${head}: ${chain(error).join('\nCaused by ')}`;
}

function chain(error: RunError): readonly string[] {
  const own = error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
  return [own, ...(error.cause === undefined ? [] : chain(error.cause))];
}
