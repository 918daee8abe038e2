/** What stands above the tree of a value: its title, how large it is, and the buttons for all of it. */
import type { Json } from '../../../common/runlog/events.ts';
import { element, setAttributes } from '../dom.ts';
import { iconButton } from '../toolbar.ts';
import { bytesText, countText, isArray, isObject } from './kinds.ts';

export interface TreeHead {
  readonly root: HTMLElement;
  update(value: Json | undefined, title: string): void;
  /** Undefined while it is not counted yet. */
  showSize(value: Json | undefined, bytes: number | undefined): void;
}

export interface TreeHeadEvents {
  readonly onSearch: () => void;
  readonly onCopy: () => void;
}

/** Where the title stands among the headings of the page. */
export interface HeadingOptions {
  readonly headingLevel?: 3 | 4;
}

export function titleHeading({ headingLevel = 4 }: HeadingOptions): HTMLElement {
  return element(headingLevel === 3 ? 'h3' : 'h4', { class: 'value-title' });
}

export function createTreeHead({ onSearch, onCopy }: TreeHeadEvents, options: HeadingOptions): TreeHead {
  const heading = titleHeading(options);
  const summary = element('span', { class: 'value-summary' });
  const search = iconButton('search', 'Search (Ctrl+F)', onSearch);
  const copy = iconButton('copy', 'Copy', onCopy);
  return {
    root: element(
      'div',
      { class: 'value-head' },
      heading,
      summary,
      element('span', { class: 'stretch' }),
      search,
      copy,
    ),
    update(value, title) {
      heading.textContent = title;
      copy.hidden = value === undefined;
      // Nobody searches what can be seen at a glance.
      search.hidden = !(typeof value === 'string' || (value !== undefined && (isArray(value) || isObject(value))));
      const named = `Copy ${title.toLowerCase()}`;
      setAttributes(copy, { title: named, 'aria-label': named });
      setAttributes(search, { 'aria-label': `Search in ${title.toLowerCase()}` });
    },
    showSize(value, bytes) {
      const count = value === undefined ? '' : countText(value);
      const size = bytes === undefined ? '' : bytesText(bytes);
      summary.textContent = [count, size].filter((part) => part !== '').join(' · ');
    },
  };
}
