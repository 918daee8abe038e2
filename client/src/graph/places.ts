/** Where a node of the drawing is in the source, and the other way round. */
import type * as vscode from 'vscode';
import { rangeContains, rangeIsInside } from '../../../common/model/text.ts';
import type { Location, Position, Range } from '../../../common/model/text.ts';
import type { Json } from '../../../common/runlog/events.ts';
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { RevealTarget } from '../../../common/protocol/panel.ts';

/** The place that a node leads to; an entry that is declared in place has no other definition. */
export function placeOf(graph: GraphModel, address: EntryAddress, target: RevealTarget): Location | undefined {
  const node = graph.nodes.find((candidate) => candidate.id === address);
  if (node === undefined) return undefined;
  switch (target) {
    case 'use':
      return node.source;
    case 'definition':
      return node.definition ?? node.source;
    case 'arrives':
    case 'leaves': {
      const shape = node[target];
      return shape === undefined ? undefined : graph.shapes[shape]?.declared;
    }
  }
}

/**
 * The node whose source holds the position, the innermost first; else one whose definition does. `isFile` tells whether
 * a location's file is the one that the position is in.
 */
export function nodeAtPosition(
  graph: GraphModel,
  isFile: (file: string) => boolean,
  position: Position,
): EntryAddress | undefined {
  const holds = (place: Location | undefined): place is Location =>
    place !== undefined && rangeContains(place.range, position) && isFile(place.file);
  let best: { readonly id: EntryAddress; readonly range: Range } | undefined;
  for (const { id, kind, source } of graph.nodes) {
    // The ends stand for the workflow's name, which is no place of its own in the flow.
    if (kind === 'start' || kind === 'end' || !holds(source)) continue;
    if (best === undefined || rangeIsInside(source.range, best.range)) best = { id, range: source.range };
  }
  return best?.id ?? graph.nodes.find((node) => holds(node.definition))?.id;
}

/** Shows a place where its file is open already, else in a group that is not the panel's. */
export async function showPlace(
  code: typeof vscode,
  { file, range }: Location,
  options: { readonly focus: boolean; readonly panelColumn: vscode.ViewColumn | undefined },
): Promise<void> {
  const uri = code.Uri.file(file);
  const selection = new code.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  const editor = await code.window.showTextDocument(uri, {
    viewColumn: columnFor(code, uri, options.panelColumn),
    preserveFocus: !options.focus,
  });
  // Long entries are shown from their start, not selected as a whole.
  const single = selection.isSingleLine;
  editor.selection = new code.Selection(selection.start, single ? selection.end : selection.start);
  editor.revealRange(selection, code.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Shows a value in an editor of its own beside the panel; nothing where there is none. */
export async function showJson(code: typeof vscode, value: Json | undefined): Promise<void> {
  if (value === undefined) return;
  const content = JSON.stringify(value, null, 2);
  const document = await code.workspace.openTextDocument({ language: 'json', content });
  await code.window.showTextDocument(document, { viewColumn: code.ViewColumn.Beside, preview: true });
}

function columnFor(
  code: typeof vscode,
  uri: vscode.Uri,
  panelColumn: vscode.ViewColumn | undefined,
): vscode.ViewColumn {
  const groups = code.window.tabGroups.all;
  const holding = groups.filter((group) =>
    group.tabs.some((tab) => tab.input instanceof code.TabInputText && tab.input.uri.toString() === uri.toString()),
  );
  const open = holding.find((group) => group.viewColumn !== panelColumn) ?? holding[0];
  const other = groups.find((group) => group.viewColumn !== panelColumn);
  return open?.viewColumn ?? other?.viewColumn ?? code.ViewColumn.Beside;
}
