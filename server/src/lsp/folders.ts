/** The workspace's folders and their analyses; a file belongs to the innermost folder that holds it. */
import { existsSync } from 'node:fs';
import { fileOfUri, folderOf, isInside, uriOfFile } from '../typescript/files.ts';
import type { FolderAnalysis } from './folder.ts';

export interface Folders {
  readonly all: () => readonly FolderAnalysis[];
  readonly add: (uri: string) => void;
  readonly remove: (uri: string) => Promise<void>;
  /** The analysis a file belongs to; undefined when the file is in none of the folders. */
  readonly of: (file: string) => FolderAnalysis | undefined;
  /** Starts one for the project that a file from outside all folders belongs to. */
  readonly addFor: (file: string) => FolderAnalysis;
  /** Ends those started by `addFor` that hold none of the open files. */
  readonly removeUnused: (openFiles: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createFolders(start: (folder: { uri: string; path: string }) => FolderAnalysis): Folders {
  const analyses = new Map<string, FolderAnalysis>();
  /** Folders that are not the workspace's. */
  const borrowed = new Set<string>();

  function add(uri: string, path: string): FolderAnalysis {
    const analysis = start({ uri, path });
    analyses.set(path, analysis);
    return analysis;
  }

  async function remove(path: string): Promise<void> {
    const analysis = analyses.get(path);
    analyses.delete(path);
    await analysis?.close();
  }

  function find(file: string): FolderAnalysis | undefined {
    let best: FolderAnalysis | undefined;
    for (const analysis of analyses.values()) {
      if (isInside(analysis.path, file) && (best === undefined || analysis.path.length > best.path.length)) {
        best = analysis;
      }
    }
    return best;
  }

  return {
    all: () => [...analyses.values()],
    add(uri) {
      const path = fileOfUri(uri);
      if (path === undefined) return;
      borrowed.delete(path);
      if (!analyses.has(path)) add(uri, path);
    },
    async remove(uri) {
      const path = fileOfUri(uri);
      if (path !== undefined) await remove(path);
    },
    of: find,
    addFor(file) {
      const path = projectFolderOf(file);
      borrowed.add(path);
      return add(uriOfFile(path), path);
    },
    async removeUnused(openFiles) {
      for (const path of borrowed) {
        if (openFiles.some((file) => isInside(path, file))) continue;
        borrowed.delete(path);
        await remove(path);
      }
    },
    async close() {
      await Promise.all([...analyses.values()].map((analysis) => analysis.close()));
      analyses.clear();
    },
  };
}

/** The nearest folder above with a package.json, else the file's own. */
function projectFolderOf(file: string): string {
  for (let folder = folderOf(file); folder.length > 1; folder = folderOf(folder)) {
    if (existsSync(`${folder}/package.json`)) return folder;
    if (folderOf(folder) === folder) break;
  }
  return folderOf(file);
}
