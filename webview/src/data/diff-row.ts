/** One row of a difference as an element: one text below the other, or both beside each other. */
import type { Json } from '../../../common/runlog/events.ts';
import { pathText } from '../../../common/runlog/path.ts';
import { element } from '../dom.ts';
import type { Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { differingPiece } from './diff-rows.ts';
import type { DiffRow, DiffSide } from './diff-rows.ts';
import { counted, isArray, isObject, kindOf, plainText, previewText } from './kinds.ts';
import { keyParts, rowButton, valueParts } from './row.ts';

/** Which side of a row stands in a line of its own; `both` for rows that are one line. */
export type LineSide = 'both' | 'before' | 'after';

export interface DiffLine {
  readonly row: DiffRow;
  readonly side: LineSide;
}

export interface DiffLineLook {
  readonly id: string;
  readonly active: boolean;
  readonly layout: 'unified' | 'side-by-side';
  readonly columns: number;
}

export interface DiffLineEvents {
  readonly onCopyValue: (side: DiffSide) => void;
  readonly onCopyPath: (side: DiffSide) => void;
}

export function diffLineElement({ row, side }: DiffLine, look: DiffLineLook, events: DiffLineEvents): HTMLElement {
  const { layout, active } = look;
  const mark = side === 'before' ? 'removed' : side === 'after' ? 'added' : row.mark;
  return element(
    'div',
    {
      class: ['value-row', 'diff-line', layout, `is-${mark}`, active && 'active'].filter(Boolean).join(' '),
      title: tooltip(row),
      attributes: {
        id: look.id,
        role: 'treeitem',
        'aria-level': String(row.level),
        'aria-expanded': row.expandable ? String(row.open) : undefined,
        'aria-selected': String(active),
        'aria-label': spoken(row, side),
      },
    },
    ...(row.mark === 'hidden'
      ? [hiddenCell(row)]
      : layout === 'side-by-side'
        ? [cell(row, 'before', look, events), cell(row, 'after', look, events)]
        : [cell(row, side === 'both' ? (row.after === undefined ? 'before' : 'after') : side, look, events)]),
  );
}

function hiddenCell(row: DiffRow): HTMLElement {
  return indented(
    row.level,
    element('div', { class: 'diff-cell hidden-rows' }, element('span', { class: 'sign' }), twistie(row)),
    element('span', { class: 'range' }, `${row.hidden.toLocaleString('en')} unchanged`),
  );
}

function cell(row: DiffRow, side: 'before' | 'after', look: DiffLineLook, events: DiffLineEvents): HTMLElement {
  const shown = row[side];
  if (shown === undefined) return element('div', { class: 'diff-cell nothing' });
  const differs = row.mark !== 'same' && row.mark !== 'inside';
  const sign = differs ? (side === 'before' ? '−' : '+') : '';
  return indented(
    row.level,
    element(
      'div',
      { class: differs ? `diff-cell ${side}` : 'diff-cell' },
      element('span', { class: 'sign', attributes: { 'aria-hidden': 'true' } }, sign),
      twistie(row),
    ),
    ...(row.line || shown.key === undefined ? [] : keyParts(shown.key, undefined)),
    ...content(row, side, shown.value, look),
    element(
      'span',
      { class: 'row-actions' },
      shown.path.length > 0 && !row.line && rowButton('path', 'Copy path (P)', () => events.onCopyPath(shown)),
      row.mark !== 'inside' && rowButton('copy', 'Copy value (C)', () => events.onCopyValue(shown)),
    ),
  );
}

function indented(level: number, into: HTMLElement, ...children: readonly Child[]): HTMLElement {
  into.style.paddingLeft = `${(level - 1) * 14}px`;
  into.append(...children.filter((child) => child !== undefined && child !== false));
  return into;
}

function twistie({ expandable, open }: DiffRow): HTMLElement {
  return element('span', { class: open ? 'twistie open' : 'twistie' }, expandable && icon('chevron'));
}

function content(row: DiffRow, side: 'before' | 'after', value: Json, { columns }: DiffLineLook): readonly Child[] {
  if (row.mark === 'inside') {
    return [element('span', { class: 'text summary' }, counted(row.changes, 'difference'))];
  }
  if (row.line) return [element('span', { class: 'text string' }, textLine(value))];
  const other = row[side === 'before' ? 'after' : 'before']?.value;
  if (row.mark === 'changed' && other !== undefined && !isContainer(value) && !isContainer(other)) {
    return [changedText(value, other, columns)];
  }
  return valueParts(value, row.open, { pattern: undefined, columns });
}

function textLine(value: Json): string {
  return typeof value === 'string' ? value : '';
}

function isContainer(value: Json): boolean {
  return isArray(value) || isObject(value);
}

/** Characters in front of the piece that differs, when the text is longer than its room. */
const context = 16;

/** The text of a value with the piece marked in which it differs from the other one. */
function changedText(value: Json, other: Json, columns: number): HTMLElement {
  const [text, otherText] = [textOf(value), textOf(other)];
  const { start, beforeEnd } = differingPiece(text, otherText);
  const from = beforeEnd > columns && start > context ? start - context : 0;
  const shownEnd = from + Math.max(200, columns * 2);
  // Two values without anything in common: nothing to point at in them.
  const whole = start <= 1 && beforeEnd >= text.length - 1;
  return element(
    'span',
    { class: `text ${kindOf(value)}` },
    ...(whole
      ? [text.slice(0, shownEnd)]
      : [
          from > 0 ? '…' : '',
          text.slice(from, start),
          element('span', { class: 'piece' }, text.slice(start, Math.min(beforeEnd, shownEnd))),
          text.slice(beforeEnd, Math.max(beforeEnd, shownEnd)),
        ]),
  );
}

function textOf(value: Json): string {
  return isArray(value) || isObject(value) ? previewText(value) : plainText(value);
}

function tooltip({ before, after, line }: DiffRow): string | undefined {
  if (line) return undefined;
  const [left, right] = [before, after].map((side) => (side === undefined ? undefined : pathText(side.path)));
  if (left === undefined || right === undefined || left === right) return (left ?? right) || undefined;
  return `Before: ${left}\nAfter: ${right}`;
}

/** `quantity: changed from 1 to 2` */
function spoken({ mark, before, after, hidden, changes }: DiffRow, side: LineSide): string {
  const key = after?.key ?? before?.key;
  const name = key === undefined ? '' : `${key}: `;
  const [left, right] = [before, after].map((one) => (one === undefined ? '' : textOf(one.value).slice(0, 200)));
  switch (mark) {
    case 'same':
      return `${name}${right}, unchanged`;
    case 'changed':
      if (side === 'before') return `${name}before ${left}`;
      return side === 'after' ? `${name}after ${right}` : `${name}changed from ${left} to ${right}`;
    case 'added':
      return `${name}${right}, added`;
    case 'removed':
      return `${name}${left}, removed`;
    case 'inside':
      return `${name}${counted(changes, 'difference')}`;
    case 'hidden':
      return `${hidden.toLocaleString('en')} unchanged`;
  }
}
