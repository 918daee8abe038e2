/** **Export Graph**: what to export, for those who come from the palette. */
import type * as vscode from 'vscode';
import type { ExportFormat, ExportPlace, ExportToPanel } from '../../../../common/protocol/export.ts';

interface Choice extends vscode.QuickPickItem {
  readonly format?: ExportFormat;
  readonly place?: ExportPlace;
}

const formats: readonly (readonly [ExportFormat, label: string, description: string])[] = [
  ['svg', 'SVG', 'a picture of any size, legible in light and dark'],
  ['png', 'PNG', 'a picture in the colours of the editor'],
  ['mermaid', 'Mermaid', 'a flowchart as text, for documents and pull requests'],
  ['json', 'JSON', 'the steps and their places in the source'],
];

/** Undefined when the author gave up. */
export async function chooseExport(code: typeof vscode, title: string): Promise<ExportToPanel | undefined> {
  const group = (place: ExportPlace, name: string, icon: string): readonly Choice[] => [
    { label: name, kind: code.QuickPickItemKind.Separator },
    ...formats.map(([format, label, description]) => ({ label: `$(${icon}) ${label}`, description, format, place })),
  ];
  const choices = [...group('file', 'Save to a file', 'save-as'), ...group('clipboard', 'Copy', 'copy')];
  const chosen = await code.window.showQuickPick(choices, {
    title: `Export the graph of ${title}`,
    placeHolder: 'The whole drawing as it is shown: with what is folded, and the run on it',
    matchOnDescription: true,
  });
  const { format, place } = chosen ?? {};
  return format === undefined || place === undefined ? undefined : { type: 'export', format, place };
}
