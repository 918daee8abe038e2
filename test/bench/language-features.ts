/** How long the editor waits for what it asks at a place: hover and completion, each right after an edit of the file. */
import { CompletionRequest, HoverRequest } from 'vscode-languageserver/node';
import type { Position } from 'vscode-languageserver/node';
import { generateProject } from './generate.ts';
import { withEditor, type OpenDocument } from './editor.ts';
import { median, percentile } from './measure.ts';
import { formatMilliseconds, formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const size = { files: 20, steps: 20 };
const rounds = 40;
const warmUpRounds = 5;

/** Prints a table; there is no target for these. */
export async function benchLanguageFeatures(): Promise<readonly Verdict[]> {
  const project = generateProject(size);
  try {
    const [file] = project.workflowFiles;
    if (file === undefined) throw new Error('The project has no files.');
    const { hovers, completions } = await withEditor(project.folder, async (editor) => {
      const document = editor.open(file);
      await document.toggleDefect();
      await editor.folderIsRead;
      const hovers: number[] = [];
      const completions: number[] = [];
      for (let round = 0; round < rounds; round++) {
        await document.toggleDefect();
        const textDocument = { uri: document.uri };
        const hovered = await timed(() =>
          editor.connection.sendRequest(HoverRequest.type, {
            textDocument,
            position: placeOf(document, '.then(step10)'),
          }),
        );
        if (hovered.answer === null) throw new Error('There was nothing to hover.');
        const completed = await timed(() =>
          editor.connection.sendRequest(CompletionRequest.type, {
            textDocument,
            position: placeOf(document, "path: '", "path: '".length),
          }),
        );
        if (round < warmUpRounds) continue;
        hovers.push(hovered.milliseconds);
        completions.push(completed.milliseconds);
      }
      return { hovers, completions };
    });
    const row = (name: string, values: readonly number[]): readonly string[] => [
      name,
      ...[median(values), percentile(values, 95), Math.max(...values)].map(formatMilliseconds),
    ];
    console.log(
      formatTable(
        [`${size.files} x ${size.steps}`, 'median', 'p95', 'slowest'],
        [row('hover over a call of the chain', hovers), row('completion of a map path', completions)],
      ),
    );
    return [];
  } finally {
    project.remove();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly milliseconds: number }> {
  const start = performance.now();
  const answer = await work();
  return { answer, milliseconds: performance.now() - start };
}

/** Where `text` is first found, and so many characters on. */
function placeOf(document: OpenDocument, text: string, characters = 2): Position {
  const offset = document.text.indexOf(text);
  if (offset === -1) throw new Error(`${document.uri} has no ${text}`);
  const before = document.text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: (before.at(-1)?.length ?? 0) + characters };
}
