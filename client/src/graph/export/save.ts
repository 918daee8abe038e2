/** Saves and copies what a graph panel exports. */
import type * as vscode from 'vscode';
import { fileNameOf } from '../../../../common/graph/file-name.ts';
import type { ExportFormat, PanelToExport } from '../../../../common/protocol/export.ts';
import type { Requests } from '../../../../common/protocol/messages.ts';
import type { PanelTarget } from '../../../../common/protocol/panel.ts';

export interface ExportDependencies {
  readonly vscode: typeof vscode;
  /** State of the workspace: remembers the folder that was exported to last. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly server: {
    request(
      method: 'mastra/graphJson',
      params: Requests['mastra/graphJson']['params'],
    ): Promise<Requests['mastra/graphJson']['result']>;
  };
}

const folderKey = 'mastra.exportFolder';

const kinds: Readonly<Record<ExportFormat, { readonly label: string; readonly extension: string }>> = {
  svg: { label: 'SVG', extension: 'svg' },
  png: { label: 'PNG', extension: 'png' },
  mermaid: { label: 'Mermaid', extension: 'mmd' },
  json: { label: 'JSON', extension: 'json' },
};

/** Does what the panel of `target` asks for, and tells how it went. Resolves quietly when the author gives up. */
export async function takeExport(
  dependencies: ExportDependencies,
  target: PanelTarget,
  message: PanelToExport,
): Promise<void> {
  const { vscode: code } = dependencies;
  switch (message.type) {
    case 'exported':
      code.window.setStatusBarMessage(message.text, 5_000);
      return;
    case 'not-exported':
      await code.window.showWarningMessage(message.text);
      return;
    case 'export':
      if (message.format === 'png') {
        await save(dependencies, target, 'png', message.bytes, message.note);
        return;
      }
      await takeText(dependencies, target, message);
  }
}

async function takeText(
  dependencies: ExportDependencies,
  target: PanelTarget,
  message: Extract<PanelToExport, { type: 'export'; place: unknown }>,
): Promise<void> {
  const { vscode: code } = dependencies;
  const text = message.format === 'json' ? await jsonOf(dependencies, target) : message.text;
  if (text === undefined) return;
  if (message.place === 'file') {
    await save(dependencies, target, message.format, new TextEncoder().encode(text), undefined);
    return;
  }
  await code.env.clipboard.writeText(text);
  code.window.setStatusBarMessage(`Copied the drawing of ${target.title} as ${kinds[message.format].label}.`, 5_000);
}

/** Undefined when there is none; the author has been told why. */
async function jsonOf({ vscode: code, server }: ExportDependencies, target: PanelTarget): Promise<string | undefined> {
  const { uri, key, title } = target;
  try {
    const text = await server.request('mastra/graphJson', { uri, key });
    if (text !== null) return text;
    await code.window.showWarningMessage(
      `${title} is not in its file any more, or the file does not parse, so there is no JSON of it. SVG, PNG and Mermaid show the last drawing.`,
    );
  } catch (error) {
    await code.window.showWarningMessage(`${title} could not be exported as JSON: ${messageOf(error)}`);
  }
  return undefined;
}

/** Asks where, again where it cannot be written. */
async function save(
  { vscode: code, memory }: ExportDependencies,
  target: PanelTarget,
  format: ExportFormat,
  bytes: Uint8Array,
  note: string | undefined,
): Promise<void> {
  const { label, extension } = kinds[format];
  for (;;) {
    const uri = await code.window.showSaveDialog({
      title: `Export ${target.title} as ${label}`,
      saveLabel: 'Export',
      defaultUri: code.Uri.joinPath(folderFor(code, memory, target), `${fileNameOf(target.title)}.${extension}`),
      filters: { [label]: [extension] },
    });
    if (uri === undefined) return;
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    try {
      await code.workspace.fs.writeFile(uri, bytes);
    } catch (error) {
      const again = 'Choose another place…';
      const chosen = await code.window.showErrorMessage(`${name} could not be written: ${reasonOf(error)}`, again);
      if (chosen === again) continue;
      return;
    }
    await memory.update(folderKey, code.Uri.joinPath(uri, '..').toString());
    const open = 'Open';
    const said = [`Exported ${target.title} to ${name}.`, note].filter((part) => part !== undefined).join(' ');
    if ((await code.window.showInformationMessage(said, open)) === open) {
      await code.commands.executeCommand('vscode.open', uri);
    }
    return;
  }
}

/** The folder of the last export, else the workspace folder, else that of the workflow's file. */
function folderFor(code: typeof vscode, memory: ExportDependencies['memory'], target: PanelTarget): vscode.Uri {
  const last = memory.get<string>(folderKey);
  if (last !== undefined) return code.Uri.parse(last);
  const file = code.Uri.parse(target.uri);
  return code.workspace.getWorkspaceFolder(file)?.uri ?? code.Uri.joinPath(file, '..');
}

function reasonOf(error: unknown): string {
  const codeOf = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (codeOf) {
    case 'NoPermissions':
    case 'EROFS':
      return 'you may not write there.';
    case 'FileNotFound':
      return 'its folder is not there.';
    case 'FileIsADirectory':
      return 'there is a folder with that name.';
    default:
      return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
