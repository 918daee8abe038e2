/** What shows that a mutant is a mistake: the real Mastra does something else with it than with the original. */
import type { Observation, TrialOutcome } from './observation.ts';

export function evidenceOf(before: Observation, after: Observation): readonly string[] {
  if (after.load !== undefined) return [`loading it throws: ${after.load}`];
  const found: string[] = [];
  for (const run of after.runs) {
    const original = before.runs.find(({ workflow }) => workflow === run.workflow);
    if (original === undefined) continue;
    if (run.outcome !== original.outcome) found.push(`${run.workflow} gives ${run.outcome}, not ${original.outcome}`);
    found.push(...differencesIn(run, original));
    const nothing = added(run.nothing, original.nothing);
    if (nothing.length > 0) found.push(`${run.workflow}: nothing is handed on by ${nothing.join(', ')}`);
    const broken = added(run.broken, original.broken);
    if (broken.length > 0) found.push(`${run.workflow}: not what the schema promises: ${broken.join(', ')}`);
  }
  const collisions = added(after.collisions, before.collisions);
  if (collisions.length > 0) found.push(`two entries keep their results under ${collisions.join(', ')}`);
  const hidden = added(after.hidden, before.hidden);
  if (hidden.length > 0) found.push(`getWorkflowById gives another workflow for ${hidden.join(', ')}`);
  if (after.pausesVary && !before.pausesVary) found.push('a pause has another id each time the project is loaded');
  if (after.planted !== undefined) found.push(`what was planted throws: ${after.planted}`);
  return found;
}

function added(list: readonly string[], known: readonly string[]): readonly string[] {
  return list.filter((id) => !known.includes(id));
}

/** Entries that give or get something else. Mappings without an id are numbered: they are compared where all are the same. */
function differencesIn(run: TrialOutcome, original: TrialOutcome): readonly string[] {
  const isNumbered = (id: string) => id.startsWith('mapping_');
  const numbered = ({ kept }: TrialOutcome) => Object.keys(kept).filter(isNumbered).toSorted().join();
  const isSame = numbered(run) === numbered(original);
  return Object.entries(run.kept).flatMap(([id, kept]) => {
    const before = original.kept[id];
    if (before === undefined || before === kept || (isNumbered(id) && !isSame)) return [];
    return [`${run.workflow} keeps of ${id} ${kept}, not ${before}`];
  });
}
