/** Which files of a folder the analysis reads. The disk is searched once; after that only when the answer may be another. */
import { discover, isSourceFile, matters, usesMastra } from '../project/discover.ts';
import type { FileChanges } from '../typescript/engine.ts';
import { fileKey, isInside } from '../typescript/files.ts';
import type { Documents } from './documents.ts';

export interface Sources {
  /** Texts changed in the editor or on disk. True when other files may matter now. */
  readonly changed: (changes: FileChanges) => boolean;
  /** The files that matter now, sorted; empty when nothing uses Mastra. Rejects with an AbortError when `signal` fires. */
  readonly list: (signal: AbortSignal) => Promise<readonly string[]>;
}

/** With more files changed at once, e.g. by switching branches, searching is quicker than looking at each. */
const manyFiles = 50;

export interface SourcesOptions {
  readonly path: string;
  readonly owns: (file: string) => boolean;
  readonly documents: Documents;
}

export function createSources(options: SourcesOptions): Sources {
  const { documents } = options;
  let found: readonly string[] | undefined;
  /** Whether a text mattered when it was last looked at; for files that are not here, whether they were found. */
  const mattered = new Map<string, boolean>();

  function isOther(file: string): boolean {
    const text = documents.textOf(file);
    const now = text !== undefined && matters(text);
    const before = mattered.get(fileKey(file)) ?? found?.includes(file) ?? false;
    mattered.set(fileKey(file), now);
    return now !== before;
  }

  return {
    changed({ changed = [], created = [], deleted = [], everything = false }) {
      const edited = changed.filter(isSourceFile);
      const appeared = [...created, ...deleted].some(isSourceFile);
      if (everything || appeared || edited.length > manyFiles || edited.filter(isOther).length > 0) found = undefined;
      return found === undefined;
    },
    async list(signal) {
      if (found !== undefined) return found;
      const files = await search(options, signal);
      // A search that an edit made outdated is thrown away with its run; the next run searches again.
      signal.throwIfAborted();
      found = files;
      return files;
    },
  };
}

async function search({ path, owns, documents }: SourcesOptions, signal: AbortSignal): Promise<readonly string[]> {
  const { files } = await discover([path], { buffer: (file) => documents.get(file)?.text, signal });
  // What the author has open counts even where git ignores it.
  const open = documents
    .all()
    .filter(({ file, text }) => isInside(path, file) && isSourceFile(file) && usesMastra(text))
    .map(({ file }) => file)
    .filter((file) => !file.includes('/node_modules/'));
  return [...new Set([...files, ...open])].filter(owns).sort();
}
