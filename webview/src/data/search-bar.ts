/** The line above a tree in which one types what to look for. */
import { element } from '../dom.ts';
import { iconButton } from '../toolbar.ts';

export interface SearchBarEvents {
  readonly onQuery: (query: string) => void;
  readonly onMove: (direction: 1 | -1) => void;
  /** Closed by the person in front of it. */
  readonly onClose: () => void;
}

export interface SearchCount {
  /** 0-based; undefined before a match was gone to. */
  readonly current: number | undefined;
  readonly found: number;
  readonly searching: boolean;
  /** There are more than are counted. */
  readonly more: boolean;
}

export interface SearchBar {
  readonly root: HTMLElement;
  open(): void;
  close(): void;
  isOpen(): boolean;
  query(): string;
  name(title: string): void;
  /** Undefined while nothing is looked for. */
  show(count: SearchCount | undefined): void;
}

export function createSearchBar(events: SearchBarEvents): SearchBar {
  const input = element('input', {
    class: 'search-input',
    attributes: { type: 'text', spellcheck: 'false', placeholder: 'Search keys and values' },
    on: {
      input: () => events.onQuery(input.value),
      keydown(event) {
        // Letters are typed here, and mean nothing to the page around it.
        event.stopPropagation();
        if (event.key === 'Enter') events.onMove(event.shiftKey ? -1 : 1);
        else if (event.key === 'ArrowDown') events.onMove(1);
        else if (event.key === 'ArrowUp') events.onMove(-1);
        else if (event.key === 'Escape') events.onClose();
        else return;
        event.preventDefault();
      },
    },
  });
  const count = element('span', { class: 'search-count', attributes: { role: 'status' } });
  const previous = iconButton('moveUp', 'Previous match (Shift+Enter)', () => events.onMove(-1));
  const next = iconButton('moveDown', 'Next match (Enter)', () => events.onMove(1));
  const root = element(
    'div',
    { class: 'value-search', attributes: { role: 'search' } },
    input,
    count,
    previous,
    next,
    iconButton('close', 'Close search (Escape)', () => events.onClose()),
  );
  root.hidden = true;
  return {
    root,
    open() {
      root.hidden = false;
      input.focus();
      input.select();
      if (input.value !== '') events.onQuery(input.value);
    },
    close() {
      root.hidden = true;
    },
    isOpen: () => !root.hidden,
    query: () => input.value,
    name(title) {
      input.setAttribute('aria-label', `Search in keys and values of ${title}`);
    },
    show(wanted) {
      const nothing = wanted === undefined || wanted.found === 0;
      previous.disabled = nothing;
      next.disabled = nothing;
      root.classList.toggle('nothing', wanted !== undefined && wanted.found === 0 && !wanted.searching);
      count.textContent = wanted === undefined ? '' : countText(wanted);
    },
  };
}

function countText({ current, found, searching, more }: SearchCount): string {
  if (found === 0) return searching ? 'Searching…' : 'No results';
  const all = `${found.toLocaleString('en')}${more || searching ? '+' : ''}`;
  return current === undefined ? all : `${(current + 1).toLocaleString('en')} of ${all}`;
}
