/** Which changes on disk the server wants to hear of, and what they mean for the analysis. */
import { FileChangeType, type FileEvent, type FileSystemWatcher } from 'vscode-languageserver';
import type { FileChanges } from '../typescript/engine.ts';
import { fileOfUri } from '../typescript/files.ts';

/** Written last by npm, pnpm and yarn when dependencies were installed. */
const installMarker = /\/node_modules\/\.(package-lock\.json|modules\.yaml|yarn-state\.yml|yarn-integrity)$/;
const projectFile = /\/(package|[tj]sconfig[^/]*)\.json$/;
/** Only the names of the variables in it are read. */
const environmentFile = /\/\.env[^/]*$/;
const sourceFile = /\.[cm]?[jt]sx?$/;

const matters = [sourceFile, projectFile, environmentFile];

export const watchers: FileSystemWatcher[] = [
  { globPattern: '**/*.{ts,tsx,mts,cts}' },
  { globPattern: '**/{package,tsconfig*,jsconfig*}.json' },
  { globPattern: '**/.env*' },
  { globPattern: '**/node_modules/.{package-lock.json,modules.yaml,yarn-state.yml,yarn-integrity}' },
];

/** What to tell the analysis of the events in its folder; undefined when they do not concern it. */
export function changesOf(events: readonly FileEvent[]): FileChanges | undefined {
  const changed: string[] = [];
  const created: string[] = [];
  const deleted: string[] = [];
  let everything = false;
  for (const { uri, type } of events) {
    const file = fileOfUri(uri);
    if (file === undefined) continue;
    if (installMarker.test(file)) {
      everything = true;
      continue;
    }
    if (file.includes('/node_modules/') || !matters.some((pattern) => pattern.test(file))) continue;
    everything ||= projectFile.test(file);
    listFor(type, { changed, created, deleted }).push(file);
  }
  const count = changed.length + created.length + deleted.length;
  return count === 0 && !everything ? undefined : { changed, created, deleted, everything };
}

function listFor(type: FileChangeType, lists: Record<'changed' | 'created' | 'deleted', string[]>): string[] {
  switch (type) {
    case FileChangeType.Created:
      return lists.created;
    case FileChangeType.Deleted:
      return lists.deleted;
    case FileChangeType.Changed:
      return lists.changed;
  }
}
