/** What the keys do: on a node of the drawing, and anywhere on the page where nothing is typed. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { Direction } from './navigation.ts';

export interface NodeKeys {
  readonly onMove: (direction: Direction) => void;
  /** Goes to the source of a node, the keyboard with it. */
  readonly onSource: (node: EntryAddress, target: 'use' | 'definition') => void;
  readonly onFold: (node: EntryAddress) => void;
  /** What flows into a node, in full. */
  readonly onData: (node: EntryAddress) => void;
  readonly onToggleSelection: (node: EntryAddress) => void;
}

const moves = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
} as const;

function isMove(key: string): key is keyof typeof moves {
  return key in moves;
}

/** The keys of the node that has the focus inside `root`; elements name theirs by `data-node`. */
export function listenToNodeKeys(root: HTMLElement, keys: NodeKeys): void {
  root.addEventListener('keydown', (event) => {
    const node = event.target instanceof Element ? event.target.getAttribute('data-node') : null;
    if (node === null || event.ctrlKey || event.metaKey) return;
    if (isMove(event.key)) keys.onMove(moves[event.key]);
    else if (event.key === 'Enter') keys.onSource(node, event.altKey ? 'definition' : 'use');
    else if (event.key === 'F12') keys.onSource(node, 'definition');
    else if (event.key === 'f') keys.onFold(node);
    else if (event.key === 'd') keys.onData(node);
    else if (event.key === ' ') keys.onToggleSelection(node);
    else return;
    event.preventDefault();
  });
}

export interface PageKeys {
  readonly onZoom: (change: 'in' | 'out' | 'reset' | 'fit') => void;
  readonly onFoldAll: () => void;
  readonly onOpenAll: () => void;
  readonly onSearch: () => void;
  readonly onList: () => void;
  readonly onSearchStep: (direction: 'next' | 'previous') => void;
  /** False when there was nothing to close. */
  readonly onEscape: () => boolean;
}

export function listenToPageKeys(keys: PageKeys): void {
  document.addEventListener('keydown', (event) => {
    if (runKey(event, keys)) event.preventDefault();
  });
}

function runKey(event: KeyboardEvent, keys: PageKeys): boolean {
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'f') {
    keys.onSearch();
    return true;
  }
  if (key === 'F3') {
    keys.onSearchStep(event.shiftKey ? 'previous' : 'next');
    return true;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === 'Escape') return keys.onEscape();
  if (isTyping(event)) return false;
  const run = {
    '+': () => keys.onZoom('in'),
    '=': () => keys.onZoom('in'),
    '-': () => keys.onZoom('out'),
    '0': () => keys.onZoom('reset'),
    '1': () => keys.onZoom('fit'),
    '[': keys.onFoldAll,
    ']': keys.onOpenAll,
    '/': keys.onSearch,
    l: keys.onList,
  }[key];
  run?.();
  return run !== undefined;
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
