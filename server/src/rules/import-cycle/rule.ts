/** Modules that import each other, so that a step or workflow is read before it is there. */
import { walkEntries } from '../../../../common/model/address.ts';
import type { ModuleModel } from '../../../../common/model/modules.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import { rangeContains } from '../../../../common/model/text.ts';
import type { Finding, RelatedLocation } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';
import { workflowCycle } from '../workflow-cycle/rule.ts';
import { code } from '../wording.ts';
import { entriesOf } from './entries.ts';
import {
  circleAround,
  lateDeclaration,
  shortestWay,
  waysOfCompiling,
  type Loads,
  type ModuleGraph,
} from './linking.ts';
import { load, type EarlyRead } from './loading.ts';

/** An early read, and how one comes to it. */
interface Failure extends EarlyRead {
  /** The module that is loaded first; undefined when it is the same with each. */
  readonly entry: string | undefined;
  readonly severity: 'error' | 'warning';
}

export const importCycle: Rule = {
  id: 'import-cycle',
  acrossFiles: true,
  summary: 'A step or workflow is read before it is there, because modules import each other.',
  *check(project) {
    const { modules } = project;
    if (modules === undefined) return;
    const graphs = waysOfCompiling(modules);
    const [graph] = graphs;
    if (graph === undefined) return;
    const failures = failuresIn(project, graph, graphs);
    if (failures.length === 0) return;
    const files = new Set(project.files);
    // Where workflows contain each other no order of modules helps, and that is said already.
    const circular = new Set([...workflowCycle.check(project)].map(placeOf));
    for (const failure of failures) {
      const { file } = failure.reader;
      if (!files.has(file) || circular.has(placeOf({ file, range: failure.read.range }))) continue;
      yield report(project, graph, failure);
    }
  },
};

function failuresIn(project: ProjectModel, graph: ModuleGraph, graphs: readonly ModuleGraph[]): readonly Failure[] {
  const circles = suspects(graph);
  if (circles.length === 0) return [];
  const found = new Map<string, Failure>();
  const add = (failure: Failure) => {
    // Of all that a module reads too early from another one, the first is where it fails.
    const key = JSON.stringify([failure.reader.file, failure.declaration.file]);
    if (!found.has(key)) found.set(key, failure);
  };
  const certain = new Set<string>();
  for (const circle of circles) {
    const loads = circle.map((member) => loadEachWay(graphs, member));
    if (loads.some((early) => early.length === 0)) continue;
    for (const member of circle) certain.add(member);
  }
  const reached = new Set<string>();
  for (const { file, isMastra } of entriesOf(project, graph.modules)) {
    for (const early of loadEachWay(graphs, file)) {
      const always = certain.has(early.reader.file);
      if (always) reached.add(early.reader.file);
      add({ ...early, entry: always ? undefined : file, severity: always || isMastra ? 'error' : 'warning' });
    }
  }
  for (const circle of circles) {
    // Which of them is first cannot be told here: each is told what it would find.
    if (!circle.every((member) => certain.has(member)) || circle.some((member) => reached.has(member))) continue;
    for (const early of circle.flatMap((member) => loadEachWay(graphs, member))) {
      add({ ...early, entry: undefined, severity: 'error' });
    }
  }
  return [...found.values()];
}

/** The circles in which a module reads at once what another one of the circle, or behind it, declares. */
function suspects(graph: ModuleGraph): readonly (readonly string[])[] {
  const circles: (readonly string[])[] = [];
  const seen = new Set<string>();
  for (const module of graph.modules.values()) {
    if (seen.has(module.file) || !module.reads.some((read) => isLate(graph, module, read))) continue;
    const circle = circleAround(graph, module.file);
    for (const member of circle) seen.add(member);
    if (circle.length > 1) circles.push(circle);
  }
  return circles;
}

function isLate({ modules }: ModuleGraph, module: ModuleModel, read: ModuleModel['reads'][number]): boolean {
  return lateDeclaration(modules, module, read) !== undefined;
}

/** What fails however the modules were compiled. */
function loadEachWay(graphs: readonly ModuleGraph[], entry: string): readonly EarlyRead[] {
  const [first = [], ...others] = graphs.map((graph) => load(graph, entry));
  return first.filter((early) =>
    others.every((other) => other.some(({ reader, read }) => reader === early.reader && read === early.read)),
  );
}

function report(project: ProjectModel, graph: ModuleGraph, failure: Failure): Finding {
  const { reader, read, declaration, severity } = failure;
  const circle = circleOf(graph, reader, read);
  const nameOf = shortNames([...circle.map(({ file }) => file), declaration.file, failure.entry ?? reader.file]);
  return {
    rule: 'import-cycle',
    severity,
    message: message(failure, circle, nameOf),
    file: reader.file,
    range: read.range,
    related: [
      ...circle.map(({ file, link }) => ({
        file,
        range: link.range,
        message: `${nameOf(file)} imports ${nameOf(link.target)} here`,
      })),
      ...wayIn(graph, failure, circle, nameOf),
      { ...declaration, message: `${code(read.text)} gets its value here` },
    ],
    fixes: [],
    ...partOfWorkflow(project, failure),
  };
}

/** The imports that lead from the reading module over the one that it reads from back to itself. */
function circleOf(graph: ModuleGraph, reader: ModuleModel, read: EarlyRead['read']): readonly Loads[] {
  const link = reader.links[read.link];
  if (link === undefined) return [];
  return [{ file: reader.file, link }, ...(shortestWay(graph, link.target, reader.file) ?? [])];
}

/** Where an entry outside the circle comes into it. */
function wayIn(
  graph: ModuleGraph,
  { entry, reader }: Failure,
  circle: readonly Loads[],
  nameOf: (file: string) => string,
): readonly RelatedLocation[] {
  if (entry === undefined || circle.some(({ file }) => file === entry)) return [];
  const members = new Set(circleAround(graph, reader.file));
  const first = shortestWay(graph, entry, reader.file)?.find(({ link }) => members.has(link.target));
  if (first === undefined) return [];
  const { file, link } = first;
  return [{ file, range: link.range, message: `${nameOf(file)} loads ${nameOf(link.target)} here` }];
}

function message(
  { read, reader, declaration, entry }: Failure,
  circle: readonly Loads[],
  nameOf: (file: string) => string,
): string {
  const names = circle.map(({ file }) => nameOf(file));
  const last = names.at(-1) ?? '';
  const together =
    names.length > 4
      ? `${nameOf(reader.file)} imports itself through ${names[1] ?? ''} and ${names.length - 2} other modules`
      : names.length > 2
        ? `${names.slice(0, -1).join(', ')} and ${last} import each other in a circle`
        : `${names.join(' and ')} import each other`;
  const when = entry === undefined ? '' : ` when ${nameOf(entry)} is loaded first`;
  return `${code(read.text)} has no value yet: ${together}, and ${nameOf(reader.file)} runs before ${nameOf(declaration.file)}${when}.`;
}

/** The last parts of paths, as many as it takes to tell them apart. */
function shortNames(files: readonly string[]): (file: string) => string {
  const different = [...new Set(files)];
  return (file) => {
    const parts = file.split('/');
    for (let count = 1; count < parts.length; count += 1) {
      const name = parts.slice(-count).join('/');
      if (different.filter((other) => other === name || other.endsWith(`/${name}`)).length === 1) return code(name);
    }
    return code(file);
  };
}

function partOfWorkflow(project: ProjectModel, { reader, read }: Failure): Pick<Finding, 'workflow' | 'address'> {
  for (const workflow of project.workflows.values()) {
    for (const { entry, address } of walkEntries(workflow.entries)) {
      if (entry.file === reader.file && rangeContains(entry.range, read.range.start)) {
        return { workflow: workflow.key, address };
      }
    }
    if (workflow.file === reader.file && rangeContains(workflow.range, read.range.start)) {
      return { workflow: workflow.key, address: undefined };
    }
  }
  return { workflow: undefined, address: undefined };
}

function placeOf({ file, range }: Pick<Finding, 'file' | 'range'>): string {
  return JSON.stringify([file, range]);
}
