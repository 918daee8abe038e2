/** Lists: items are added, removed and moved. */
import type { Json } from '../../../common/runlog/events.ts';
import { checkOwn, isList, itemField } from '../../../common/schema/index.ts';
import type { Field, ListField } from '../../../common/schema/index.ts';
import { element } from '../dom.ts';
import { icon } from '../icons.ts';
import type { IconName } from '../icons.ts';
import { below, initialAt, issuesBelow, issuesFrom } from './control.ts';
import type { Control, FieldNode, FormContext, Initial } from './control.ts';
import { issuesOf } from './text.ts';

interface Item {
  readonly node: FieldNode;
  readonly number: HTMLElement;
  readonly up: HTMLButtonElement;
  readonly down: HTMLButtonElement;
}

export function createList(context: FormContext, field: ListField, label: string, initial: Initial): Control {
  const items: Item[] = [];
  const list = element('div', { class: 'items' });
  const none = element('p', { class: 'help' }, 'No items.');
  const add = element(
    'button',
    {
      class: 'button secondary',
      attributes: { type: 'button' },
      on: {
        click: () => {
          insert({ value: undefined, drafts: [] })?.node.focus([]);
          settle();
        },
      },
    },
    icon('zoomIn'),
    'Add item',
  );

  const action = (name: string, glyph: IconName, run: () => void): HTMLButtonElement =>
    element(
      'button',
      {
        class: 'button icon-button',
        title: name,
        attributes: { type: 'button', 'aria-label': name },
        on: { click: run },
      },
      icon(glyph),
    );

  const insert = (start: Initial): Item | undefined => {
    const inner: Field | undefined = itemField(field, items.length);
    if (inner === undefined) return undefined;
    const number = element('span', { class: 'item-number' });
    const up = action('Move up', 'moveUp', () => move(item, -1));
    const down = action('Move down', 'moveDown', () => move(item, 1));
    const remove = action('Remove this item', 'close', () => take(item));
    // The items of a tuple have their places.
    const actions = element('span', { class: 'item-actions' }, ...(field.first.length > 0 ? [] : [up, down, remove]));
    const node = context.node(inner, { label: 'Item', required: true, name: number, actions }, start);
    node.root.classList.add('item');
    const item: Item = { node, number, up, down };
    items.push(item);
    list.append(node.root);
    return item;
  };

  const move = (item: Item, by: -1 | 1): void => {
    const index = items.indexOf(item);
    const other = items[index + by];
    if (other === undefined) return;
    items[index] = other;
    items[index + by] = item;
    if (by < 0) other.node.root.before(item.node.root);
    else other.node.root.after(item.node.root);
    settle();
    const button = by < 0 ? item.up : item.down;
    (button.disabled ? (by < 0 ? item.down : item.up) : button).focus();
  };

  const take = (item: Item): void => {
    const index = items.indexOf(item);
    items.splice(index, 1);
    item.node.root.remove();
    settle();
    const next = items[index] ?? items.at(-1);
    if (next === undefined) add.focus();
    else next.node.focus([]);
  };

  const number = (): void => {
    items.forEach((item, index) => {
      item.number.textContent = `${label} ${index + 1}`;
      item.up.disabled = index === 0;
      item.down.disabled = index === items.length - 1;
    });
    none.hidden = items.length > 0;
    add.hidden = itemField(field, items.length) === undefined || items.length >= (field.maxItems ?? Infinity);
  };
  const settle = (): void => {
    number();
    context.changed();
  };

  const values: readonly Json[] = isList(initial.value) ? initial.value : [];
  const drafted = Math.max(0, ...initial.drafts.map(({ path: [first] }) => Number(first) + 1));
  const length = Math.max(values.length, drafted, Math.min(field.minItems, 20));
  for (let index = 0; index < length; index += 1) insert(initialAt(initial, String(index), values[index]));
  number();

  // A place that is not filled in yet must not move those behind it.
  const read = (): Json => items.map(({ node }) => node.read() ?? null);
  return {
    root: element('div', {}, none, list, add),
    input: undefined,
    read,
    check: () => [
      ...issuesOf(checkOwn(field, read(), true)),
      ...items.flatMap(({ node }, index) => issuesFrom(String(index), node.check())),
    ],
    drafts: () => items.flatMap(({ node }, index) => below(String(index), node.drafts())),
    show(issues, all) {
      items.forEach(({ node }, index) => node.show(issuesBelow(issues, String(index)), all));
      return issues.filter(({ path: [first] }) => first === undefined || items[Number(first)] === undefined);
    },
    focus([first, ...rest]) {
      const item = items[first === undefined ? 0 : Number(first)];
      if (item === undefined) add.focus();
      else item.node.focus(rest);
    },
  };
}
