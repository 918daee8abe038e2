/** Quick fixes of data that does not fit, in the words that both rules about data share. */
import type { Compatibility, Repair } from '../../../common/model/flow.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import type { Fix } from '../../../common/protocol/rules.ts';
import { installationFor } from '../project/installation.ts';
import { isAtLeast } from '../project/version.ts';
import { code } from './wording.ts';

/** The fixes of a difference, the best first. */
export function fixesOf(project: ProjectModel, file: string, check: Compatibility): readonly Fix[] {
  if (check.kind !== 'differs') return [];
  const repairs = (check.repairs ?? []).filter((repair) => !asksForType(repair) || takesTypes(project, file));
  return repairs.map((repair, index) => ({ title: title(repair), edits: repair.edits, preferred: index === 0 }));
}

/** `getInitData<{ ... }>()` takes the type of the data since 1.0; before, it took a schema. */
function asksForType(repair: Repair): boolean {
  return repair.edits.some(({ newText }) => newText.includes('getInitData<'));
}

function takesTypes(project: ProjectModel, file: string): boolean {
  const mastra = installationFor(project, file);
  return mastra.kind === 'missing' || isAtLeast(mastra.version, 1, 0);
}

function title(repair: Repair): string {
  switch (repair.kind) {
    case 'mapping':
      return repair.fields.length === 0
        ? 'Insert `.map` that hands on the part that is needed'
        : `Insert \`.map\` that fills ${list(repair.fields)}`;
    case 'merging':
      return repair.fields.length === 0
        ? 'Insert `.map` that hands on the result of the branch that ran'
        : `Insert \`.map\` that fills ${list(repair.fields)} from the branch that ran`;
    case 'input-fields':
      return `Add ${list(repair.fields)} to the input schema of the workflow`;
    case 'output-fields': {
      const step = repair.step === undefined ? 'the previous step' : code(repair.step);
      return repair.isReturned
        ? `Add ${list(repair.fields)} to the output schema of ${step}`
        : `Hand on ${list(repair.fields)} from the input of ${step}`;
    }
    case 'rename':
      return `Rename ${code(repair.from)} to ${code(repair.to)}`;
    case 'promise':
      return `Promise ${code(repair.schema)}`;
  }
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map(code).join(', ');
  return names.length > 3 ? `${shown}, …` : shown;
}
