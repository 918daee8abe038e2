/** Entries of a record: each a name and a value. */
import type { Json } from '../../../common/runlog/events.ts';
import type { FieldSource, ValueIssue } from '../../../common/schema/index.ts';
import { element } from '../dom.ts';
import { icon } from '../icons.ts';
import { below, initialAt, issuesBelow, issuesFrom } from './control.ts';
import type { Draft, FieldNode, FormContext, Initial } from './control.ts';

export interface Entries {
  readonly root: HTMLElement;
  read(): readonly (readonly [string, Json])[];
  check(): readonly ValueIssue[];
  drafts(): readonly Draft[];
  /** Returns what belongs to no entry. */
  show(issues: readonly ValueIssue[], all: boolean): readonly ValueIssue[];
  focus(path: readonly string[]): void;
}

/** Ends the path of an issue that is about the name of an entry, which another entry may have as well. */
const ofTheName = '\0name';

interface Entry {
  readonly name: HTMLInputElement;
  readonly problem: HTMLElement;
  readonly node: FieldNode;
}

export function createEntries(
  context: FormContext,
  source: FieldSource,
  values: readonly (readonly [string, Json])[],
  initial: Initial,
): Entries {
  const entries: Entry[] = [];
  const list = element('div', { class: 'items' });
  const add = element(
    'button',
    {
      class: 'button secondary',
      attributes: { type: 'button' },
      on: {
        click: () => {
          insert('', { value: undefined, drafts: [] }).name.focus();
          context.changed();
        },
      },
    },
    icon('zoomIn'),
    'Add entry',
  );

  const insert = (name: string, start: Initial): Entry => {
    const problemId = context.id();
    const input = element('input', {
      class: 'input entry-name',
      attributes: {
        type: 'text',
        placeholder: 'Name',
        'aria-label': 'Name of the entry',
        'aria-describedby': problemId,
        spellcheck: 'false',
        autocomplete: 'off',
      },
      on: { input: () => context.changed() },
    });
    input.value = name;
    const problem = element('p', { class: 'issue', attributes: { id: problemId } });
    problem.hidden = true;
    const remove = element(
      'button',
      {
        class: 'button icon-button',
        title: 'Remove this entry',
        attributes: { type: 'button', 'aria-label': 'Remove this entry' },
        on: {
          click: () => {
            const index = entries.indexOf(entry);
            entries.splice(index, 1);
            entry.node.root.remove();
            (entries[index]?.name ?? add).focus();
            context.changed();
          },
        },
      },
      icon('close'),
    );
    const node = context.node(
      source(),
      {
        label: 'Value',
        required: true,
        before: element('span', { class: 'entry-head' }, input, problem),
        actions: remove,
      },
      start,
    );
    const entry: Entry = { name: input, problem, node };
    entries.push(entry);
    list.append(node.root);
    return entry;
  };
  for (const [name, value] of values) insert(name, initialAt(initial, name, value));

  /** What is wrong with a name; undefined when nothing is. */
  const problemOf = (entry: Entry): string | undefined => {
    if (entry.name.value === '') return 'Give the entry a name.';
    const first = entries.find((other) => other.name.value === entry.name.value);
    return first === entry ? undefined : `There is an entry ${entry.name.value} already.`;
  };
  return {
    root: element('div', {}, list, add),
    read: () =>
      entries.flatMap((entry) => {
        const value = entry.node.read();
        return value === undefined || problemOf(entry) !== undefined ? [] : [[entry.name.value, value] as const];
      }),
    check: () =>
      entries.flatMap((entry) => {
        const problem = problemOf(entry);
        if (problem !== undefined) return [{ path: [entry.name.value, ofTheName], message: problem }];
        return issuesFrom(entry.name.value, entry.node.check());
      }),
    drafts: () => entries.flatMap(({ name, node }) => below(name.value, node.drafts())),
    show(issues, all) {
      for (const entry of entries) {
        const problem = problemOf(entry);
        const shown = problem !== undefined && (all || entry.name.value !== '');
        entry.problem.hidden = !shown;
        entry.problem.textContent = shown ? problem : '';
        entry.name.setAttribute('aria-invalid', String(shown));
        const own = issuesBelow(issues, entry.name.value).filter(({ path: [first] }) => first !== ofTheName);
        entry.node.show(problem === undefined ? own : [], all);
      }
      const names = new Set(entries.map(({ name }) => name.value));
      return issues.filter(({ path: [first] }) => first === undefined || !names.has(first));
    },
    focus([first, ...rest]) {
      const entry = entries.find(({ name }) => name.value === first);
      if (entry === undefined) add.focus();
      else if (rest[0] !== ofTheName) entry.node.focus(rest);
      else entries.find((other) => other.name.value === first && problemOf(other) !== undefined)?.name.focus();
    },
  };
}
