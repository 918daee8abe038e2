/** A workflow is asked for a step that it does not have. */
import { walkEntries } from '../../../../common/model/address.ts';
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { StepName, StepReferenceFact } from '../../../../common/model/facts/step-reference.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import { rangeContains, type Location } from '../../../../common/model/text.ts';
import {
  isNamed,
  writtenId,
  type FlowEntry,
  type WorkflowKey,
  type WorkflowModel,
} from '../../../../common/model/workflow.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import { similarName } from '../../extract/similar.ts';
import { changeTo } from '../change-to.ts';
import type { Rule } from '../rule.ts';
import { capital, code, workflowName } from '../wording.ts';
import { unknownResults } from './results.ts';

export const unknownStepId: Rule = {
  id: 'unknown-step-id',
  acrossFiles: true,
  summary: 'A workflow is asked for a step that it does not have.',
  *check(project) {
    const extended = new Set(project.uses.filter(({ kind }) => kind === 'extended').map(({ workflow }) => workflow));
    for (const fact of factsOf(project, 'step-reference')) {
      const workflows = workflowsOf(project, fact);
      const mistake = mistakeIn({ project, extended }, workflows, fact.way);
      if (mistake !== undefined) yield finding(fact, mistake);
    }
    yield* unknownResults(project);
  },
};

interface Mistake {
  readonly workflow: WorkflowModel;
  readonly name: StepName;
  readonly similar: string | undefined;
}

function finding(fact: StepReferenceFact, { workflow, name, similar }: Mistake): Finding {
  const hint = similar === undefined ? '' : ` (did you mean ${code(similar)}?)`;
  return {
    rule: 'unknown-step-id',
    severity: fact.purpose === 'result' ? 'warning' : 'error',
    message: `${capital(workflowName(workflow))} has no step ${code(name.id)}${hint}, so ${consequence(fact)}`,
    file: fact.file,
    range: name.range,
    related: [
      {
        file: workflow.file,
        range: workflow.nameRange,
        message: `${capital(workflowName(workflow))} is declared here`,
      },
    ],
    fixes:
      similar === undefined || name.form !== 'quoted'
        ? []
        : [changeTo({ file: fact.file, range: name.range }, similar)],
    workflow: workflow.key,
    address: undefined,
  };
}

function consequence({ purpose, method }: StepReferenceFact): string {
  return purpose === 'result' ? `\`${method}\` returns \`null\`.` : `\`${method}\` fails.`;
}

/** The workflows that are asked; none where that is not certain. */
function workflowsOf(project: ProjectModel, { within, file, range }: StepReferenceFact): readonly WorkflowModel[] {
  const all = [...project.workflows.values()];
  switch (within.kind) {
    case 'workflow':
      return all.filter((workflow) => workflow.key === within.workflow);
    case 'step':
      return all.filter((workflow) => uses(workflow, (entry) => isAt(entry.definition, within.definition)));
    case 'chain':
      return all.filter((workflow) =>
        workflow.entries.some((entry) => entry.file === file && rangeContains(entry.call, range.start)),
      );
  }
}

function uses(workflow: WorkflowModel, matches: (entry: FlowEntry) => boolean): boolean {
  return [...walkEntries(workflow.entries)].some(({ entry }) => matches(entry));
}

function isAt(place: Location | undefined, other: Location): boolean {
  return (
    place?.file === other.file &&
    place.range.start.line === other.range.start.line &&
    place.range.start.character === other.range.start.character
  );
}

interface Known {
  readonly project: ProjectModel;
  /** Workflows with whose chains another file goes on: their steps are not all known. */
  readonly extended: ReadonlySet<WorkflowKey>;
}

/** The first name on the way that none of the workflows has. */
function mistakeIn(known: Known, workflows: readonly WorkflowModel[], way: readonly StepName[]): Mistake | undefined {
  const [name, ...rest] = way;
  const [first] = workflows;
  if (name === undefined || first === undefined) return undefined;
  const steps = workflows.map((workflow) => (known.extended.has(workflow.key) ? undefined : stepsOf(workflow)));
  if (steps.includes(undefined)) return undefined;
  const candidates = steps.flatMap((list) => list ?? []);
  const found = candidates.filter(({ id }) => id === name.id);
  if (found.length === 0) {
    if (generatedId.test(name.id)) return undefined;
    return { workflow: first, name, similar: similarName(name.id, [...new Set(candidates.map(({ id }) => id))]) };
  }
  const nested = found.flatMap(({ entry }) => {
    const workflow =
      entry.type === 'workflow' && entry.target.known ? known.project.workflows.get(entry.target.value) : undefined;
    return workflow === undefined ? [] : [workflow];
  });
  return nested.length === found.length ? mistakeIn(known, nested, rest) : undefined;
}

/** Ids that Mastra makes for mappings and waits without one. */
const generatedId = /^(?:mapping|sleep)_/;

/** Everything in a workflow that has an id; undefined where not all of it is known. */
function stepsOf(workflow: WorkflowModel): readonly { readonly id: string; readonly entry: FlowEntry }[] | undefined {
  if (workflow.incomplete !== undefined || workflow.isCopy === true) return undefined;
  const steps: { readonly id: string; readonly entry: FlowEntry }[] = [];
  for (const { entry } of walkEntries(workflow.entries)) {
    const id = writtenId(entry);
    if (id !== undefined) steps.push({ id, entry });
    else if (isNamed(entry) || entry.type === 'opaque') return undefined;
  }
  return steps;
}
