/** Edits files of a project at random in a language server, takes everything back, and compares what it says with before. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../bench/schemas.ts';
import { openEditor, type Editor } from '../lsp/editor.ts';
import { edited } from './edits.ts';

const server = path.resolve(import.meta.dirname, '../../server/src/main.ts');

export interface FuzzOptions {
  readonly folder: string;
  /** The files that are edited, relative to the folder. */
  readonly files: readonly string[];
  readonly edits: number;
  readonly seed: number;
  readonly onProgress?: (edits: number) => void;
}

export interface FuzzResult {
  readonly edits: number;
  /** What went wrong, with the seed and the number of the edit. */
  readonly faults: readonly string[];
  /** Of the answers that waited for an analysis; of one that is slow, its fastest repetition. */
  readonly slowestMilliseconds: number;
}

/** Edits that come one right after the other, before an answer is waited for. */
const mostAtOnce = 10;
/** An answer that takes longer is asked for again: on a machine that does other work as well, once says little. */
export const slowMilliseconds = 2000;
const attempts = 4;
/** No answer after this time means that there will be none. */
const deadlineMilliseconds = 60_000;

export async function fuzz({ folder, files, edits, seed, onProgress }: FuzzOptions): Promise<FuzzResult> {
  const random = seededRandom(seed);
  const faults: string[] = [];
  let slowestMilliseconds = 0;
  let done = 0;
  const editor = await openEditor(folder, { server });
  const fault = (what: string) => faults.push(`after ${String(done)} edits with seed ${String(seed)}: ${what}`);
  try {
    for (const file of files) editor.open(file);
    await editor.ready();
    await answered(editor);
    const before = reported(editor, files);
    while (done < edits && faults.length === 0) {
      const file = files[random(files.length)] ?? '';
      const original = editor.text(file);
      const burst = Math.min(1 + random(mostAtOnce), edits - done);
      for (let count = 0; count < burst; count += 1) {
        const text = editor.text(file);
        // A character at least: an editor has no edit that replaces nothing.
        editor.replace(file, text, edited(text, random) || ' ');
        done += 1;
      }
      const now = editor.text(file);
      const [broken, back] = [await timeTo(editor, file, original, now), await timeTo(editor, file, now, original)];
      slowestMilliseconds = Math.max(slowestMilliseconds, broken, back);
      const after = reported(editor, files);
      if (after !== before) fault(`${file} undone, but reported is\n${after}\nand not\n${before}`);
      for (const line of editor.log.filter((each) => /failed|could not be analysed/.test(each))) fault(line);
      onProgress?.(done);
    }
  } catch (error) {
    fault(error instanceof Error ? error.message : String(error));
  } finally {
    if (editor.server.exitCode === null) await editor.quit();
    else fault(`the server ended with ${String(editor.server.exitCode)}`);
  }
  return { edits: done, faults, slowestMilliseconds };
}

/** How long the answer takes once the text of a file has become `after`. */
async function timeTo(editor: Editor, file: string, before: string, after: string): Promise<number> {
  const become = (text: string) => {
    if (editor.text(file) !== text) editor.replace(file, editor.text(file), text);
  };
  let fastest = Number.POSITIVE_INFINITY;
  for (let attempt = 1; ; attempt += 1) {
    become(after);
    const start = performance.now();
    await answered(editor);
    fastest = Math.min(fastest, performance.now() - start);
    if (fastest <= slowMilliseconds || attempt === attempts) return fastest;
    become(before);
    await answered(editor);
  }
}

/** Waits until the texts as they are have been analysed; what is reported about them comes before that answer. */
async function answered(editor: Editor): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('there is no answer'));
    }, deadlineMilliseconds);
  });
  const ended = new Promise<never>((_, reject) => {
    editor.server.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)}`));
    });
  });
  try {
    await Promise.race([editor.request('mastra/workflows', { uri: undefined }), late, ended]);
  } finally {
    clearTimeout(timer);
    editor.server.removeAllListeners('exit');
    ended.catch(() => undefined);
  }
}

function reported(editor: Editor, files: readonly string[]): string {
  return JSON.stringify(files.map((file) => [file, editor.problems(file)]));
}

/** Every source that uses Mastra among `names`. */
export function mastraFiles(folder: string, names: readonly string[]): readonly string[] {
  return names.filter(
    (name) => name.endsWith('.ts') && readFileSync(path.join(folder, name), 'utf8').includes('@mastra/'),
  );
}
