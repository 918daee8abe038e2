/** The engine's own price of an edit: the same edits, and the native checker's diagnostics of the edited file. */
import { readFileSync } from 'node:fs';
import { API } from 'typescript/unstable/async';
import type { GeneratedProject } from './generate.ts';

/** Milliseconds of each edit. `withDefect` makes the other text of a file; the two are put in turn. */
export async function measureRechecks(
  project: GeneratedProject,
  files: readonly string[],
  edits: number,
  withDefect: (text: string) => string,
): Promise<readonly number[]> {
  const buffers = new Map<string, string>();
  let reads = 0;
  const readFile = (file: string): string | undefined => {
    const text = buffers.get(file);
    if (text !== undefined) reads += 1;
    return text;
  };
  const api = new API({ cwd: project.folder, fs: { readFile } });
  const config = `${project.folder}/tsconfig.json`;
  try {
    let snapshot = await api.updateSnapshot({ openProjects: [config] });
    for (const file of project.workflowFiles) await snapshot.getProject(config)?.program.getSemanticDiagnostics(file);
    const elapsed: number[] = [];
    for (let index = 0; index < edits; index++) {
      const file = files[index % files.length] ?? '';
      const text = readFileSync(file, 'utf8');
      const planted = Math.floor(index / files.length) % 2 === 0;
      buffers.set(file, planted ? withDefect(text) : text);
      const before = snapshot;
      const start = performance.now();
      snapshot = await api.updateSnapshot({ fileChanges: { changed: [file] } });
      const found = await snapshot.getProject(config)?.program.getSemanticDiagnostics(file);
      elapsed.push(performance.now() - start);
      await before.dispose();
      // The compiler says nothing about the defect; what counts is that it has checked the text with it.
      if (found === undefined || reads !== index + 1) throw new Error(`The edit of ${file} was not seen.`);
    }
    return elapsed;
  } finally {
    await api.close();
  }
}
