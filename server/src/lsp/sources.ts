/** Which files of a folder the analysis reads. The disk is searched once; after that only when the answer may be another. */
import { discover, isSourceFile, matters, usesMastra } from '../project/discover.ts';
import type { FileChanges } from '../typescript/engine.ts';
import { fileKey, isInside } from '../typescript/files.ts';
import type { Documents } from './documents.ts';

export interface Sources {
  /** Texts changed in the editor or on disk. */
  readonly changed: (changes: FileChanges) => void;
  /** The files that matter now, sorted; empty when nothing uses Mastra. Rejects with an AbortError when `signal` fires. */
  readonly list: (signal: AbortSignal) => Promise<readonly string[]>;
}

export interface SourcesOptions {
  readonly path: string;
  readonly owns: (file: string) => boolean;
  readonly documents: Documents;
}

export function createSources(options: SourcesOptions): Sources {
  const { documents } = options;
  let found: readonly string[] | undefined;
  /** Whether the text of an open document mattered when it was last looked at. */
  const mattered = new Map<string, boolean>();

  function changedFile(file: string): void {
    const document = documents.get(file);
    if (document === undefined) {
      mattered.delete(fileKey(file));
      found = undefined;
      return;
    }
    const now = matters(document.text);
    if (mattered.get(fileKey(file)) !== now) found = undefined;
    mattered.set(fileKey(file), now);
  }

  return {
    changed(changes) {
      const structural = [...(changes.created ?? []), ...(changes.deleted ?? [])].some(isSourceFile);
      if (structural || changes.everything === true) found = undefined;
      for (const file of changes.changed ?? []) if (isSourceFile(file)) changedFile(file);
    },
    async list(signal) {
      // A search that an edit made outdated is thrown away with its run; the next run searches again.
      found ??= await search(options, signal);
      return found;
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
