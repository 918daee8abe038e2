/** The box to search steps in, over the drawing's corner as VS Code has it over a text. */
import { element } from '../dom.ts';
import { iconButton } from '../toolbar.ts';
import { searchCount } from './find.ts';
import type { Search } from './find.ts';

export interface SearchEvents {
  readonly onQuery: (query: string) => void;
  readonly onStep: (direction: 'next' | 'previous') => void;
  readonly onClose: () => void;
}

export interface SearchBar {
  readonly root: HTMLElement;
  /** Undefined hides it. */
  update(search: Search | undefined): void;
  /** Moves the keyboard into it, what is in it selected. */
  focus(): void;
}

export function createSearchBar(events: SearchEvents): SearchBar {
  const input = element('input', {
    class: 'step-search-input',
    attributes: { type: 'text', placeholder: 'Step id', 'aria-label': 'Search steps by id', spellcheck: 'false' },
    on: {
      input: () => events.onQuery(input.value),
      keydown(event) {
        if (event.key === 'Enter' || event.key === 'F3') events.onStep(event.shiftKey ? 'previous' : 'next');
        else if (event.key === 'ArrowDown') events.onStep('next');
        else if (event.key === 'ArrowUp') events.onStep('previous');
        else return;
        event.preventDefault();
      },
    },
  });
  const count = element('span', { class: 'step-search-count', attributes: { role: 'status' } });
  const previous = iconButton('moveUp', 'Previous match (Shift+Enter)', () => events.onStep('previous'));
  const next = iconButton('moveDown', 'Next match (Enter)', () => events.onStep('next'));
  const root = element(
    'div',
    {
      class: 'step-search-bar',
      attributes: { role: 'search' },
      on: {
        keydown(event) {
          if (event.key !== 'Escape') return;
          events.onClose();
          event.preventDefault();
          event.stopPropagation();
        },
      },
    },
    input,
    count,
    previous,
    next,
    iconButton('close', 'Close the search (Escape)', events.onClose),
  );
  root.hidden = true;
  return {
    root,
    update(search) {
      root.hidden = search === undefined;
      if (search === undefined) return;
      if (input.value !== search.query) input.value = search.query;
      const text = searchCount(search);
      if (count.textContent !== text) count.textContent = text;
      const isVain = search.query.trim() !== '' && search.matches.length === 0;
      root.classList.toggle('nothing-found', isVain);
      previous.disabled = search.matches.length === 0;
      next.disabled = search.matches.length === 0;
    },
    focus() {
      input.focus();
      input.select();
    },
  };
}
