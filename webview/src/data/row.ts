/** One row of a value tree as an element. */
import { element } from '../dom.ts';
import type { Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { pathText } from '../../../common/runlog/path.ts';
import type { Json } from '../../../common/runlog/events.ts';
import {
  bytesText,
  countText,
  counted,
  errorText,
  isArray,
  isCutText,
  isObject,
  keyText,
  kindOf,
  plainText,
  previewText,
} from './kinds.ts';
import type { ValueKind } from './kinds.ts';
import type { Row, ValueNode } from './nodes.ts';

export interface RowLook {
  readonly id: string;
  readonly active: boolean;
  /** What is searched for. */
  readonly pattern: RegExp | undefined;
  /** The match that was gone to. */
  readonly current: boolean;
  readonly bytes: number | undefined;
  /** Characters that fit into the row. */
  readonly columns: number;
}

export interface RowEvents {
  readonly onCopyValue: (node: ValueNode) => void;
  readonly onCopyPath: (node: ValueNode) => void;
}

export function rowElement({ node, expandable, open }: Row, look: RowLook, events: RowEvents): HTMLElement {
  const row = element(
    'div',
    {
      class: ['value-row', node.kind, look.active && 'active', look.current && 'current'].filter(Boolean).join(' '),
      title: tooltip(node),
      attributes: {
        id: look.id,
        role: 'treeitem',
        'aria-level': String(node.level),
        'aria-posinset': String(node.position),
        'aria-setsize': String(node.siblings),
        'aria-expanded': expandable ? String(open) : undefined,
        'aria-selected': String(look.active),
        'aria-label': spoken(node, look.bytes),
      },
    },
    element('span', { class: open ? 'twistie open' : 'twistie' }, expandable && icon('chevron')),
    ...content(node, open, look),
    element(
      'span',
      { class: 'row-actions' },
      node.kind === 'value' &&
        node.key !== undefined &&
        rowButton('path', 'Copy path (P)', () => events.onCopyPath(node)),
      rowButton('copy', 'Copy value (C)', () => events.onCopyValue(node)),
    ),
  );
  row.style.paddingLeft = `${(node.level - 1) * 14}px`;
  return row;
}

/** For the mouse; the keyboard has a key for each. */
export function rowButton(name: 'path' | 'copy', label: string, onClick: () => void): HTMLElement {
  return element(
    'button',
    {
      class: 'row-button',
      title: label,
      attributes: { tabindex: '-1', 'aria-hidden': 'true' },
      on: {
        click(event) {
          event.stopPropagation();
          onClick();
        },
      },
    },
    icon(name),
  );
}

function content(node: ValueNode, open: boolean, look: RowLook): readonly Child[] {
  switch (node.kind) {
    case 'part':
      return [element('span', { class: 'range' }, rangeText(node))];
    case 'line':
      return [element('span', { class: 'text string' }, ...marked(node.text, look.pattern))];
    case 'value':
      return [
        ...(node.key === undefined ? [] : keyParts(node.key, look.pattern)),
        ...valueParts(node.value, open, look),
        look.bytes !== undefined && isSized(node.value) && element('span', { class: 'size' }, bytesText(look.bytes)),
      ];
  }
}

export function keyParts(key: string | number, pattern: RegExp | undefined): readonly Child[] {
  const isIndex = typeof key === 'number';
  return [
    element(
      'span',
      { class: isIndex ? 'key index' : 'key' },
      ...(isIndex ? [String(key)] : marked(keyText(key), pattern)),
    ),
    element('span', { class: 'colon' }, ': '),
  ];
}

export function valueParts(value: Json, open: boolean, look: Pick<RowLook, 'pattern' | 'columns'>): readonly Child[] {
  const kind = kindOf(value);
  if (isArray(value) || isObject(value)) {
    const empty = isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
    if (kind === 'error') return [element('span', { class: 'text error' }, errorOf(value))];
    if (open || empty) {
      const text = empty ? previewText(value) : countText(value);
      return [element('span', { class: `text summary ${kind}` }, text)];
    }
    return [element('span', { class: `text preview ${kind}` }, previewText(value, look.columns))];
  }
  if (typeof value === 'string' && kind === 'string') return stringParts(value, open, look);
  return [element('span', { class: `text ${kind}` }, ...marked(plainText(value), look.pattern))];
}

function errorOf(value: Json): string {
  return (isObject(value) ? errorText(value) : undefined) ?? '';
}

/** Longer texts are cut, around what is searched for; all of it is in the rows below when it is opened. */
function stringParts(
  text: string,
  open: boolean,
  { pattern, columns }: Pick<RowLook, 'pattern' | 'columns'>,
): readonly Child[] {
  if (open) return [element('span', { class: 'text summary string' }, counted(text.length, 'character'))];
  const cutAt = Math.max(40, columns * 2);
  const isLong = text.length > cutAt || text.includes('\n');
  const from = isLong ? excerptStart(text, pattern, columns) : 0;
  const excerpt = text.slice(from, from + cutAt);
  const quoted = JSON.stringify(excerpt);
  const shown = `${from > 0 ? '…' : ''}${from + cutAt < text.length ? `${quoted.slice(0, -1)}…` : quoted}`;
  return [
    element('span', { class: 'text string' }, ...marked(shown, pattern)),
    isLong && element('span', { class: 'show-all' }, `show all ${text.length.toLocaleString('en')}`),
  ];
}

/** A little before the first match, where that would not be seen otherwise. */
function excerptStart(text: string, pattern: RegExp | undefined, columns: number): number {
  const at = pattern === undefined ? -1 : text.search(pattern);
  return at < columns / 2 ? 0 : at - 10;
}

/** Containers and long texts: of everything else one sees how large it is. */
function isSized(value: Json): boolean {
  return typeof value === 'string' ? value.length > 100 : typeof value === 'object' && value !== null;
}

/** `text` with what matches as marks. */
export function marked(text: string, pattern: RegExp | undefined): readonly Child[] {
  if (pattern === undefined) return [text];
  const parts: Child[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(pattern, 'giu'))) {
    parts.push(text.slice(end, match.index), element('mark', {}, match[0]));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== '');
}

function rangeText(node: ValueNode & { readonly kind: 'part' }): string {
  const [from, to] = [node.from, node.to - 1].map((index) => index.toLocaleString('en'));
  const what = typeof node.value === 'string' ? 'characters ' : '';
  return `[${what}${from} … ${to}]`;
}

const kindWords: Readonly<Record<ValueKind, string>> = {
  object: 'object',
  array: 'array',
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
  date: 'date',
  bigint: 'bigint',
  error: 'error',
  note: 'not recorded',
};

function spoken(node: ValueNode, bytes: number | undefined): string {
  if (node.kind === 'part') return rangeText(node);
  if (node.kind === 'line') return node.text;
  const { value, key } = node;
  const text =
    isArray(value) || isObject(value)
      ? [kindWords[kindOf(value)], countText(value), bytes === undefined ? '' : bytesText(bytes)]
          .filter((part) => part !== '')
          .join(', ')
      : plainText(typeof value === 'string' ? value.slice(0, 200) : value);
  return key === undefined ? text : `${key}: ${text}`;
}

/** Where the value is, and what its text does not tell. */
function tooltip(node: ValueNode): string | undefined {
  if (node.kind !== 'value') return undefined;
  const path = pathText(node.path);
  const more = noteOn(node.value);
  return [path, more].filter((part) => part !== undefined && part !== '').join('\n') || undefined;
}

function noteOn(value: Json): string | undefined {
  if (typeof value !== 'string') return undefined;
  switch (kindOf(value)) {
    case 'date':
      return new Date(value).toLocaleString();
    case 'bigint':
      return 'A bigint, recorded as text';
    case 'note':
      return 'Not a value of the run: the recording says why something is missing here';
    case 'string':
      return isCutText(value) ? 'The recording holds the beginning of this text only' : undefined;
    case 'object':
    case 'array':
    case 'number':
    case 'boolean':
    case 'null':
    case 'error':
      return undefined;
  }
}
