/** From a change of the text to its diagnostics, against what the engine itself takes for the same edits. */
import { generateProject } from './generate.ts';
import type { GeneratedProject } from './generate.ts';
import { withDefect, withEditor } from './editor.ts';
import { median, percentile } from './measure.ts';
import { measureRechecks } from './recheck.ts';
import { formatMilliseconds, formatRatio, formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const size = { files: 20, steps: 20 };
/** Files that are open and edited in turn. */
const openFiles = 5;
const warmUpEdits = 20;
const measuredEdits = 100;
const target = 150;
const targetOfRecheck = 1.5;

/** Measures on the middle project and prints a table; the answer is what was to be reached. */
export async function benchEditLatency(): Promise<readonly Verdict[]> {
  const project = generateProject(size);
  try {
    const { firstMilliseconds, editMilliseconds } = await measureEdits(project);
    const rechecks = (await measureRechecks(project, edited(project), warmUpEdits + measuredEdits, withDefect)).slice(
      warmUpEdits,
    );
    const p95 = percentile(editMilliseconds, 95);
    const ofRecheck = p95 / percentile(rechecks, 95);
    console.log(
      formatTable(
        [`${size.files} x ${size.steps}`, 'median', 'p95', 'slowest'],
        [
          ['edit to diagnostics', ...spread(editMilliseconds)],
          ["the engine's own check of the file", ...spread(rechecks)],
          ['start to first diagnostics', formatMilliseconds(firstMilliseconds)],
        ],
      ),
    );
    return [
      {
        target: `edit to diagnostics on ${size.files} x ${size.steps}, p95 at most ${target} ms`,
        measured: formatMilliseconds(p95),
        reached: p95 <= target,
      },
      {
        target: `edit to diagnostics, p95 at most ${formatRatio(targetOfRecheck)} the engine's own check of the file`,
        measured: formatRatio(ofRecheck),
        reached: ofRecheck <= targetOfRecheck,
      },
    ];
  } finally {
    project.remove();
  }
}

function edited(project: GeneratedProject): readonly string[] {
  return project.workflowFiles.slice(0, openFiles);
}

interface EditMeasurements {
  /** From starting the server's process to the first diagnostics of an edited file. */
  readonly firstMilliseconds: number;
  readonly editMilliseconds: readonly number[];
}

/** Every edit plants a defect in a step or takes it out again; its diagnostics have arrived when they say so. */
async function measureEdits(project: GeneratedProject): Promise<EditMeasurements> {
  const start = performance.now();
  return withEditor(project.folder, async (editor) => {
    const documents = edited(project).map((file) => editor.open(file));
    const edit = async (index: number): Promise<number> => {
      const document = documents[index % documents.length];
      if (document === undefined) throw new Error('The project has no files.');
      return document.toggleDefect();
    };
    await edit(0);
    const firstMilliseconds = performance.now() - start;
    // Edits that never leave time for the rest of the folder would each compete with reading it from the start.
    await editor.folderIsRead;
    const editMilliseconds: number[] = [];
    for (let index = 1; index < warmUpEdits + measuredEdits; index++) {
      const elapsed = await edit(index);
      if (index >= warmUpEdits) editMilliseconds.push(elapsed);
    }
    return { firstMilliseconds, editMilliseconds };
  });
}

function spread(values: readonly number[]): readonly string[] {
  return [median(values), percentile(values, 95), Math.max(...values)].map(formatMilliseconds);
}
