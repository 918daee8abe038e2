/** Mistakes in chains: entries that are in the wrong order, missing, twice, or made of the wrong parts. */
import type { MutationProject } from '../project.ts';
import type { MakingSite, Span } from '../sites.ts';
import {
  entriesIn,
  insert,
  lacks,
  linksOf,
  makingOf,
  makingOfWorkflow,
  nameOf,
  replace,
  type Kind,
  type Link,
} from './kind.ts';

const flow = ['schema-mismatch', 'output-mismatch', 'agent-step-input', 'foreach-not-array'] as const;

/** Neighbours that are `.then(...)` both, in one chain. */
function* neighbours(project: MutationProject): Generator<readonly [Link, Link]> {
  const links = linksOf(project);
  for (const [index, second] of links.entries()) {
    const first = links[index - 1];
    if (first?.workflow !== second.workflow || first.call.end !== second.call.start) continue;
    if (first.call.method.text === 'then' && second.call.method.text === 'then') yield [first, second];
  }
}

/** `.commit()` calls, each with its workflow. */
function* commits(project: MutationProject) {
  for (const workflow of project.model.workflows.values()) {
    if (workflow.commit.kind !== 'committed' || workflow.entries.length === 0) continue;
    const site = project.sites.find(({ file }) => file === workflow.file);
    const last = linksOf(project).findLast((link) => link.workflow === workflow);
    const call = site?.calls.find(
      ({ method, start }) => method.text === 'commit' && start >= (last?.call.end ?? Infinity),
    );
    if (call !== undefined) yield { workflow, call };
  }
}

/** The steps of a workflow that are written with an id, each once. */
function idsOf(project: MutationProject, workflow: Link['workflow']): readonly (MakingSite & { readonly id: Span })[] {
  const makings = entriesIn(workflow).flatMap((entry) => {
    const making = entry.type === 'step' ? makingOf(project, entry) : undefined;
    return making?.id === undefined || making.makes !== 'step' ? [] : [{ ...making, id: making.id }];
  });
  return makings.filter((making, index) => makings.findIndex(({ start }) => start === making.start) === index);
}

export const chainKinds: readonly Kind[] = [
  {
    name: 'swap two steps',
    rules: flow,
    oracle: 'tsc',
    *plant(project) {
      for (const [first, second] of neighbours(project)) {
        const [a, b] = [first.call.arguments[0], second.call.arguments[0]];
        if (a === undefined || b === undefined || !lacks(first.entry.arrives, second.entry.needs)) continue;
        const changes = [replace(first.call.file, a, b.text), replace(second.call.file, b, a.text)];
        yield { title: `${a.text} <-> ${b.text}`, changes, file: first.call.file, text: b.text };
      }
    },
  },
  {
    name: 'leave out an entry',
    rules: flow,
    oracle: 'tsc',
    *plant(project) {
      for (const { entry, before, after, call } of linksOf(project)) {
        if (after === undefined || entry.type === 'sleep' || !lacks(entry.arrives, after.needs)) continue;
        if (before === undefined && call.start === 0) continue;
        const changes = [replace(call.file, call, '')];
        const text = project.textAt(after.file, after.range, []);
        yield { title: call.text, changes, file: after.file, text };
      }
    },
  },
  {
    name: 'repeat an entry',
    rules: flow,
    oracle: 'tsc',
    *plant(project) {
      for (const { entry, call, text } of linksOf(project)) {
        if (call.method.text !== 'then' || !lacks(entry.leaves, entry.needs)) continue;
        const changes = [insert(call.file, call.end, call.text)];
        yield { title: call.text, changes, file: call.file, text };
      }
    },
  },
  {
    name: 'drop commit',
    rules: ['missing-commit'],
    oracle: 'mastra',
    *plant(project) {
      for (const { workflow, call } of commits(project)) {
        const changes = [replace(call.file, call, '')];
        yield { title: nameOf(workflow), changes, file: workflow.file, text: undefined };
      }
    },
  },
  {
    name: 'nest into itself',
    rules: ['workflow-cycle'],
    oracle: 'mastra',
    *plant(project) {
      for (const { workflow, call } of commits(project)) {
        if (workflow.name === undefined) continue;
        const changes = [insert(call.file, call.start, `.then(${workflow.name})`)];
        yield { title: nameOf(workflow), changes, file: workflow.file, text: workflow.name };
      }
    },
  },
  {
    name: 'duplicate an id',
    rules: ['duplicate-step-id'],
    oracle: 'mastra',
    *plant(project) {
      for (const workflow of project.model.workflows.values()) {
        const makings = idsOf(project, workflow);
        for (const [index, making] of makings.entries()) {
          const other = makings[index - 1];
          if (other === undefined || other.id.text === making.id.text) continue;
          const changes = [replace(making.file, making.id, other.id.text)];
          yield { title: `${making.id.text} -> ${other.id.text}`, changes, file: workflow.file, text: undefined };
        }
      }
    },
  },
  {
    name: 'rename the id behind a key',
    rules: flow,
    oracle: 'tsc',
    *plant(project) {
      for (const { before, entry, text } of linksOf(project)) {
        if (before?.type !== 'parallel' || entry.type !== 'step') continue;
        for (const child of before.entries) {
          const making = makingOf(project, child);
          if (making?.id === undefined || child.type !== 'step') continue;
          const changes = [replace(making.file, making.id, `'planted-id'`)];
          yield { title: `${making.id.text} before ${text}`, changes, file: entry.file, text };
        }
      }
    },
  },
  {
    name: 'branch of objects',
    rules: ['branch-shape'],
    oracle: 'tsc',
    *plant(project) {
      for (const { call } of linksOf(project)) {
        if (call.method.text !== 'branch') continue;
        for (const element of call.elements) {
          const [when, then] = element.parts;
          if (when === undefined || then === undefined) continue;
          const text = `{ when: ${when.text}, then: ${then.text} }`;
          const changes = [replace(call.file, element, text)];
          yield { title: text, changes, file: call.file, text: undefined };
        }
      }
    },
  },
  {
    name: 'branch of loose parts',
    rules: ['branch-shape'],
    oracle: 'tsc',
    *plant(project) {
      for (const { call } of linksOf(project)) {
        const [element] = call.elements;
        const [when, then] = element?.parts ?? [];
        if (call.method.text !== 'branch' || element === undefined || when === undefined || then === undefined)
          continue;
        const changes = [replace(call.file, element, `${when.text}, ${then.text}`)];
        yield { title: call.text, changes, file: call.file, text: undefined };
      }
    },
  },
  {
    name: 'foreach over no array',
    rules: flow,
    oracle: 'tsc',
    *plant(project) {
      for (const { entry, call } of linksOf(project)) {
        if (entry.type !== 'step' || call.method.text !== 'then' || entry.check.kind !== 'fits') continue;
        if (!entry.arrives.known || entry.arrives.value.fields === undefined) continue;
        yield {
          title: call.text,
          changes: [replace(call.file, call.method, 'foreach')],
          file: call.file,
          text: undefined,
        };
      }
    },
  },
  {
    name: 'loop that never ends',
    rules: ['unbounded-loop'],
    oracle: 'mastra',
    *plant(project) {
      for (const { entry, call } of linksOf(project)) {
        const [, condition] = call.arguments;
        if (entry.type !== 'loop' || condition === undefined) continue;
        const text = `async () => ${entry.loopType === 'dountil' ? 'false' : 'true'}`;
        yield { title: call.text, changes: [replace(call.file, condition, text)], file: call.file, text: undefined };
      }
    },
  },
  {
    name: 'duplicate the id of a workflow',
    rules: ['duplicate-workflow-id'],
    oracle: 'mastra',
    *plant(project) {
      const registered = new Set(
        project.model.uses.flatMap(({ kind, workflow }) => (kind === 'registered' ? [workflow] : [])),
      );
      const makings = [...project.model.workflows.values()].flatMap((workflow) => {
        const making = registered.has(workflow.key) ? makingOfWorkflow(project, workflow) : undefined;
        return making?.id === undefined ? [] : [{ ...making, id: making.id }];
      });
      for (const [index, making] of makings.entries()) {
        const other = makings[index - 1];
        if (other === undefined) continue;
        const changes = [replace(making.file, making.id, other.id.text)];
        // Either of the two may be called the second one.
        yield { title: `${making.id.text} -> ${other.id.text}`, changes, file: undefined, text: undefined };
      }
    },
  },
];
