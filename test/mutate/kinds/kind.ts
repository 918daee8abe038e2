/** A kind of mistake, and what all kinds need to find their places. */
import { walkEntries } from '../../../common/model/address.ts';
import { knownOr } from '../../../common/model/known.ts';
import type { Known } from '../../../common/model/known.ts';
import type { Shape } from '../../../common/model/flow.ts';
import type { Position } from '../../../common/model/text.ts';
import type { FlowEntry, WorkflowModel } from '../../../common/model/workflow.ts';
import type { Change, Mutant, Oracle } from '../mutant.ts';
import { offsetAt, type MutationProject } from '../project.ts';
import type { CallSite, MakingSite, Span } from '../sites.ts';

export interface Kind {
  readonly name: string;
  /** Ids of the rules, any of which reports it. */
  readonly rules: readonly string[];
  readonly oracle: Oracle;
  /** Every place of the project where this mistake can be made. */
  readonly plant: (project: MutationProject) => Iterable<Planted>;
}

export interface Planted {
  readonly title: string;
  readonly changes: readonly Change[];
  /** Where it is reported; anywhere when undefined. */
  readonly file: string | undefined;
  /** What the finding underlines; any place in the file when undefined. */
  readonly text: string | undefined;
}

export function mutantsOf(kind: Kind, project: MutationProject): readonly Mutant[] {
  return [...kind.plant(project)].map(({ title, changes, file, text }) => ({
    kind: kind.name,
    title,
    changes,
    expected: { rules: kind.rules, file, text },
    oracle: kind.oracle,
  }));
}

/** An entry on the top level of a chain with what the sources say of it. */
export interface Link {
  readonly workflow: WorkflowModel;
  readonly entry: FlowEntry;
  /** The entry before it; undefined for the first. */
  readonly before: FlowEntry | undefined;
  readonly after: FlowEntry | undefined;
  readonly call: CallSite;
  /** Where the step or workflow is made that runs here. */
  readonly making: MakingSite | undefined;
  /** What is underlined in this entry. */
  readonly text: string;
}

export function linksOf(project: MutationProject): readonly Link[] {
  return [...project.model.workflows.values()].flatMap((workflow) => {
    if (workflow.incomplete !== undefined) return [];
    return workflow.entries.flatMap((entry, index) => {
      const call = callOf(project, entry);
      if (call === undefined) return [];
      const text = project.textAt(entry.file, entry.range, []);
      const [before, after] = [workflow.entries[index - 1], workflow.entries[index + 1]];
      return [{ workflow, entry, before, after, call, text, making: makingOf(project, entry) }];
    });
  });
}

function callOf({ sites }: MutationProject, entry: FlowEntry): CallSite | undefined {
  const site = sites.find(({ file }) => file === entry.file);
  if (site === undefined) return undefined;
  const start = offsetAt(site.text, entry.call.start);
  return site.calls.find(({ method }) => method.start === start);
}

/** Where the step or workflow of an entry is made. */
export function makingOf(project: MutationProject, entry: FlowEntry): MakingSite | undefined {
  if (entry.type !== 'step' && entry.type !== 'workflow') return undefined;
  return makingAt(project, entry.definition?.file ?? entry.file, (entry.definition ?? entry).range.start);
}

export function makingOfWorkflow(project: MutationProject, workflow: WorkflowModel): MakingSite | undefined {
  const making = makingAt(project, workflow.file, workflow.nameRange.start);
  return making?.makes === 'workflow' ? making : undefined;
}

function makingAt({ sites }: MutationProject, file: string, position: Position): MakingSite | undefined {
  const site = sites.find((each) => each.file === file);
  if (site === undefined) return undefined;
  const at = offsetAt(site.text, position);
  const holds = ({ start, end }: Span) => start <= at && at <= end;
  return (
    site.makings.find(({ name }) => name !== undefined && holds(name)) ??
    site.makings.filter(holds).toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]
  );
}

/** The names of the fields that are always there. */
export function requiredIn(shape: Known<Shape>): readonly string[] {
  return (knownOr(shape, undefined)?.fields ?? []).filter(({ optional }) => !optional).map(({ name }) => name);
}

export function namesIn(shape: Known<Shape>): readonly string[] {
  return (knownOr(shape, undefined)?.fields ?? []).map(({ name }) => name);
}

/** True where `arrives` has fields, and not all that are needed. */
export function lacks(arrives: Known<Shape>, needs: Known<Shape>): boolean {
  const names = namesIn(arrives);
  return names.length > 0 && requiredIn(needs).some((name) => !names.includes(name));
}

export function replace(file: string, { start, end }: Pick<Span, 'start' | 'end'>, text: string): Change {
  return { file, start, end, text };
}

export function insert(file: string, at: number, text: string): Change {
  return { file, start: at, end: at, text };
}

export function nameOf(workflow: WorkflowModel): string {
  return workflow.name ?? knownOr(workflow.id, workflow.key);
}

/** Every entry of a workflow, those in boxes included. */
export function entriesIn(workflow: WorkflowModel): readonly FlowEntry[] {
  return [...walkEntries(workflow.entries)].map(({ entry }) => entry);
}
