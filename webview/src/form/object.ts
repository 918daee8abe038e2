/** Objects: the fields they have, and entries under names that the author gives. */
import type { Json } from '../../../common/runlog/events.ts';
import { checkOwn, isObject, objectFrom, property } from '../../../common/schema/index.ts';
import type { ObjectField } from '../../../common/schema/index.ts';
import { element } from '../dom.ts';
import { below, initialAt, issuesBelow, issuesFrom } from './control.ts';
import type { Control, FieldNode, FormContext, Initial } from './control.ts';
import { createEntries } from './entries.ts';
import { issuesOf } from './text.ts';

export function createObject(context: FormContext, field: ObjectField, initial: Initial): Control {
  const value = isObject(initial.value) ? initial.value : {};
  const nodes = new Map<string, FieldNode>(
    field.properties.map(({ name, required, field: source }) => [
      name,
      context.node(source(), { label: name, required }, initialAt(initial, name, property(value, name))),
    ]),
  );
  // What the schema does not know is not dropped: the workflow's own schema decides about it.
  const others = Object.entries(value).filter(([name]) => !nodes.has(name));
  const entries =
    field.additional === undefined ? undefined : createEntries(context, field.additional, others, initial);
  const kept = entries === undefined ? others : [];

  const empty = field.properties.length === 0 && entries === undefined && kept.length === 0;
  const root = element(
    'div',
    { class: 'group-fields' },
    empty && element('p', { class: 'help' }, 'It has no fields.'),
    ...Array.from(nodes.values(), (node) => node.root),
    kept.length > 0 &&
      element(
        'p',
        { class: 'help' },
        `Also holds ${kept.map(([name]) => name).join(', ')}; edit as JSON to change it.`,
      ),
    entries?.root,
  );

  const read = (): Json => {
    const own = Array.from(nodes, ([name, node]) => [name, node.read()] as const);
    const all = [...own, ...kept, ...(entries?.read() ?? [])];
    return objectFrom(all.flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner] as const])));
  };
  return {
    root,
    input: undefined,
    read,
    check: () => [
      ...issuesOf(checkOwn(field, read(), true)),
      ...Array.from(nodes, ([name, node]) => issuesFrom(name, node.check())).flat(),
      ...(entries?.check() ?? []),
    ],
    drafts: () => [
      ...Array.from(nodes, ([name, node]) => below(name, node.drafts())).flat(),
      ...(entries?.drafts() ?? []),
    ],
    show(issues, all) {
      for (const [name, node] of nodes) node.show(issuesBelow(issues, name), all);
      const rest = issues.filter(({ path: [first] }) => first === undefined || !nodes.has(first));
      return entries === undefined ? rest : entries.show(rest, all);
    },
    focus(path) {
      const [first, ...rest] = path;
      const node = first === undefined ? undefined : nodes.get(first);
      if (node !== undefined) node.focus(rest);
      else if (entries !== undefined && (path.length > 0 || nodes.size === 0)) entries.focus(path);
      else nodes.values().next().value?.focus([]);
    },
  };
}
