/** The object form of `.map` reads a path, a step or a scope that is not there. */
import { childAddress, childEntries } from '../../../../common/model/address.ts';
import type { MappingRead } from '../../../../common/model/mapping.ts';
import { isNamed, writtenId, type FlowEntry, type WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding, RelatedLocation, Severity } from '../../../../common/protocol/rules.ts';
import { similarName } from '../../extract/similar.ts';
import { changeTo } from '../change-to.ts';
import type { Rule } from '../rule.ts';
import { targetName } from '../wording.ts';
import { absentStep, missingField, noObject, refusedPlaceholder, unknownScope } from './message.ts';

/** What one read has to say. */
interface Report {
  readonly severity: Severity;
  readonly message: string;
  readonly range: Finding['range'];
  readonly fix?: { readonly range: Finding['range']; readonly newText: string };
  readonly related?: readonly RelatedLocation[];
}

export const unknownMapPath: Rule = {
  id: 'unknown-map-path',
  summary: 'A `.map` reads a path, a step or a scope that is not there.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      for (const [index, entry] of workflow.entries.entries()) {
        if (entry.type !== 'mapping' || entry.reads === undefined) continue;
        const before = stepsBefore(workflow, workflow.entries.slice(0, index));
        for (const read of entry.reads) {
          const report = judge(read, before);
          if (report !== undefined) yield finding(workflow, entry, read, report);
        }
      }
    }
  },
};

function finding(workflow: WorkflowModel, entry: FlowEntry, read: MappingRead, report: Report): Finding {
  const { severity, message, range, fix, related = [] } = report;
  return {
    rule: 'unknown-map-path',
    severity,
    message,
    file: read.file,
    range,
    related,
    fixes: fix === undefined ? [] : [changeTo({ file: read.file, range: fix.range }, fix.newText)],
    workflow: workflow.key,
    address: childAddress('', entry.node),
  };
}

interface StepsBefore {
  readonly byId: ReadonlyMap<string, FlowEntry>;
  /** False where a step may run of which the id is not known. */
  readonly complete: boolean;
}

/** The steps that have run, or may have, when the mapping does. Nested workflows keep their results to themselves. */
function stepsBefore(workflow: WorkflowModel, entries: readonly FlowEntry[]): StepsBefore {
  const byId = new Map<string, FlowEntry>();
  let complete = workflow.incomplete === undefined;
  const visit = (list: readonly FlowEntry[]): void => {
    for (const entry of list) {
      if (entry.type === 'opaque') complete = false;
      const id = writtenId(entry);
      if (id !== undefined) byId.set(id, entry);
      else if (isNamed(entry)) complete = false;
      visit(childEntries(entry));
    }
  };
  visit(entries);
  return { byId, complete };
}

function judge(read: MappingRead, before: StepsBefore): Report | undefined {
  const { source } = read;
  switch (source.kind) {
    case 'step':
      return (
        (source.id.known ? judgeStep(read, source.id.value, source.range, before) : undefined) ??
        judgePath(read, before)
      );
    case 'steps':
    case 'initData':
    case 'inputData':
    case 'state':
    case 'requestContext':
      return judgePath(read, before);
    case 'scope':
      return judgeScope(source.name, source.range, before);
    case 'malformed':
      return { severity: 'error', message: refusedPlaceholder(source.problem), range: read.range };
    case 'spaced':
      return {
        severity: 'error',
        message: refusedPlaceholder('spaces'),
        range: read.range,
        fix: { range: source.inside, newText: source.trimmed },
      };
  }
}

/** Ids that Mastra makes for mappings without one. */
const generatedId = /^mapping_/;

function judgeStep(read: MappingRead, id: string, range: Finding['range'], before: StepsBefore): Report | undefined {
  if (!before.complete || before.byId.has(id) || generatedId.test(id)) return undefined;
  const similar = read.form === 'template' ? similarName(id, [...before.byId.keys()]) : undefined;
  const throws = read.form === 'template' || read.keys.length > 0;
  return {
    severity: throws ? 'error' : 'warning',
    message: absentStep(read, id, similar, throws),
    range,
    ...(similar === undefined ? {} : { fix: { range, newText: similar } }),
  };
}

function judgeScope(name: string, range: Finding['range'], before: StepsBefore): Report {
  const similar = before.byId.has(name) ? `stepResults.${name}` : similarName(name, templateScopes);
  return {
    severity: 'error',
    message: unknownScope(name, similar),
    range,
    ...(similar === undefined ? {} : { fix: { range, newText: similar } }),
  };
}

const templateScopes = ['inputData', 'initData', 'state', 'requestContext', 'stepResults'] as const;

function judgePath(read: MappingRead, before: StepsBefore): Report | undefined {
  const { outcome, keys } = read;
  if (outcome.kind !== 'missing' && outcome.kind !== 'no-object') return undefined;
  const key = keys[outcome.index];
  if (key === undefined) return undefined;
  const related = declaration(read, before);
  if (outcome.kind === 'no-object') {
    return { severity: 'error', message: noObject(read, outcome), range: key.range, related };
  }
  const { similar } = outcome;
  // A request context may hold more than its schema names: only what looks like a slip is one.
  if (read.source.kind === 'requestContext' && similar === undefined) return undefined;
  return {
    severity: outcome.index === keys.length - 1 ? 'warning' : 'error',
    message: missingField(read, outcome),
    range: key.range,
    related,
    // A name with a dot cannot stand in a path.
    ...(similar === undefined || similar.includes('.') ? {} : { fix: { range: key.range, newText: similar } }),
  };
}

/** Where the step is declared whose output is read. */
function declaration(read: MappingRead, before: StepsBefore): readonly RelatedLocation[] {
  if (read.source.kind !== 'step' || !read.source.id.known) return [];
  const entry = before.byId.get(read.source.id.value);
  if (entry?.definition === undefined) return [];
  return [{ ...entry.definition, message: `${targetName(entry)} is declared here` }];
}
