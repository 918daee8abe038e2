/** Values of several kinds: the kind is chosen first, then its fields. */
import type { Json } from '../../../common/runlog/events.ts';
import { variantOf } from '../../../common/schema/index.ts';
import type { UnionField } from '../../../common/schema/index.ts';
import { element, replaceChildren } from '../dom.ts';
import { createSelector } from './choice.ts';
import type { Option } from './choice.ts';
import type { Control, ControlOptions, FieldNode, FormContext, Initial } from './control.ts';

export function createUnion(
  context: FormContext,
  field: UnionField,
  options: ControlOptions,
  initial: Initial,
): Control {
  const none: Option | undefined = options.required
    ? undefined
    : { label: field.default === undefined ? 'Not set' : `Default (${JSON.stringify(field.default)})` };
  const shift = none === undefined ? 0 : 1;
  const absent = initial.value === undefined && initial.drafts.length === 0;
  const start = absent ? 0 : variantOf(field, initial.value) + shift;
  /** What was filled in for another kind comes back with it. */
  const nodes = new Map<number, FieldNode>();
  let current: FieldNode | undefined;
  const place = element('div', { class: 'variant' });

  const show = (index: number, first: Initial): void => {
    const variant = field.variants[index - shift];
    let node = nodes.get(index);
    if (variant !== undefined && node === undefined) {
      node = context.node(variant.field(), { label: variant.label, required: true, bare: true }, first);
      nodes.set(index, node);
    }
    current = node;
    place.hidden = node === undefined || variant?.field().kind === 'constant';
    replaceChildren(place, node?.root);
  };
  const selector = createSelector(
    [...(none === undefined ? [] : [none]), ...field.variants.map(({ label }) => ({ label }))],
    start,
    options,
    (index) => {
      show(index, { value: undefined, drafts: [] });
      context.changed();
    },
  );
  show(start, initial);

  return {
    root: element('div', { class: 'union' }, selector.control.root, place),
    input: selector.control.input,
    read: (): Json | undefined => current?.read(),
    check: () => current?.check() ?? [],
    drafts: () => current?.drafts() ?? [],
    show(issues, all) {
      if (current === undefined) return issues;
      current.show(issues, all);
      return [];
    },
    focus(path) {
      if (current === undefined || place.hidden) selector.control.focus([]);
      else current.focus(path);
    },
  };
}
