/** Runs as files of the author's: export and import. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { damageText, logSuffix } from '../../../../common/runlog/file.ts';
import type { RunStore } from '../store.ts';
import type { RecordedRun } from '../summary.ts';
import { counted, titleOf } from './words.ts';

export interface TransferSurface {
  readonly window: Pick<
    typeof vscode.window,
    | 'showErrorMessage'
    | 'showInformationMessage'
    | 'showOpenDialog'
    | 'showSaveDialog'
    | 'showWarningMessage'
    | 'withProgress'
  >;
  readonly workspace: Pick<typeof vscode.workspace, 'fs' | 'workspaceFolders'>;
  readonly commands: Pick<typeof vscode.commands, 'executeCommand'>;
  readonly Uri: Pick<typeof vscode.Uri, 'joinPath' | 'parse'>;
  readonly ProgressLocation: Pick<typeof vscode.ProgressLocation, 'Notification'>;
}

/** Remembers the folder of the last export. */
type Memory = Pick<vscode.Memento, 'get' | 'update'>;

const folderMemory = 'mastra.history.exportFolder';
const filters = { 'Mastra run': ['jsonl'] };

/** `order-20261121T094210.mastrarun.jsonl` */
export function exportName(run: RecordedRun): string {
  const title = titleOf(run)
    .replace(/[^\w-]+/g, '-')
    .slice(0, 60);
  const stamp = new Date(run.startedAt).toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${title}-${stamp}${logSuffix}`;
}

/** One run into a file that the author names, several into a folder. */
export async function exportRuns(
  surface: TransferSurface,
  store: RunStore,
  memory: Memory,
  runs: readonly RecordedRun[],
): Promise<void> {
  const folder = lastFolder(surface, memory);
  const [only, ...more] = runs;
  if (only === undefined) return;
  if (more.length === 0) {
    const uri = await surface.window.showSaveDialog({
      title: 'Export Run',
      filters,
      ...(folder !== undefined && { defaultUri: surface.Uri.joinPath(folder, exportName(only)) }),
    });
    if (uri === undefined) return;
    await surface.workspace.fs.writeFile(uri, new TextEncoder().encode(await store.text(only.id)));
    await memory.update(folderMemory, surface.Uri.joinPath(uri, '..').toString());
    const shown = await surface.window.showInformationMessage(`The run was exported to ${uri.fsPath}.`, 'Open');
    if (shown !== undefined) await surface.commands.executeCommand('vscode.open', uri);
    return;
  }
  const [target] =
    (await surface.window.showOpenDialog({
      title: `Export ${runs.length} Runs to a Folder`,
      openLabel: 'Export Here',
      canSelectFiles: false,
      canSelectFolders: true,
      ...(folder !== undefined && { defaultUri: folder }),
    })) ?? [];
  if (target === undefined) return;
  await memory.update(folderMemory, target.toString());
  const names = new Set<string>();
  await surface.window.withProgress(
    { location: surface.ProgressLocation.Notification, title: `Exporting ${runs.length} runs…` },
    async () => {
      for (const run of runs) {
        const wanted = exportName(run);
        const name = names.has(wanted) ? `${run.id}${logSuffix}` : wanted;
        names.add(name);
        await surface.workspace.fs.writeFile(
          surface.Uri.joinPath(target, name),
          new TextEncoder().encode(await store.text(run.id)),
        );
      }
    },
  );
  await surface.window.showInformationMessage(`${counted(runs.length, 'run')} were exported to ${target.fsPath}.`);
}

/** Asks for files and takes over the runs in them; says of each that is none what is wrong. Resolves with the id of the last one. */
export async function importRuns(
  surface: TransferSurface,
  store: RunStore,
  memory: Memory,
): Promise<string | undefined> {
  const folder = lastFolder(surface, memory);
  const files = await surface.window.showOpenDialog({
    title: 'Import Runs',
    openLabel: 'Import',
    canSelectMany: true,
    filters,
    ...(folder !== undefined && { defaultUri: folder }),
  });
  if (files === undefined || files.length === 0) return undefined;
  let last: string | undefined;
  const said: string[] = [];
  let imported = 0;
  for (const uri of files) {
    const name = path.posix.basename(uri.path);
    const result = await surface.workspace.fs.readFile(uri).then(
      (bytes) => store.import(new TextDecoder().decode(bytes), name),
      (error: unknown) => ({
        kind: 'refused' as const,
        reason: error instanceof Error ? error.message : String(error),
      }),
    );
    switch (result.kind) {
      case 'imported': {
        imported += 1;
        last = result.id;
        const damage = damageText(result.log.damage);
        if (damage !== undefined) said.push(`${name} was imported, but it is damaged. ${damage}`);
        break;
      }
      case 'present':
        last = result.id;
        said.push(`${name} is in the list already.`);
        break;
      case 'refused':
        said.push(`${name} was not imported. ${result.reason}`);
    }
  }
  if (imported > 0) said.unshift(`${counted(imported, 'run')} imported.`);
  const show = imported === files.length ? surface.window.showInformationMessage : surface.window.showWarningMessage;
  // A notification stays; the runs are to be seen meanwhile.
  void show(said.join(' '));
  return last;
}

function lastFolder(surface: TransferSurface, memory: Memory): vscode.Uri | undefined {
  const remembered = memory.get<unknown>(folderMemory);
  if (typeof remembered === 'string') return surface.Uri.parse(remembered);
  return surface.workspace.workspaceFolders?.[0]?.uri;
}
