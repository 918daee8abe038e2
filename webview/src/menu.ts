/** A menu that a button opens. Keys: arrows, Home and End, the first letter of an item, Enter, Escape. */
import { element, setAttributes } from './dom.ts';
import type { Child } from './dom.ts';

export interface MenuGroup {
  readonly title: string;
  readonly items: readonly MenuItem[];
}

export interface MenuItem {
  readonly label: string;
  /** A second, muted text. */
  readonly detail?: string;
  readonly choose: () => void;
}

/** `button` gets the behaviour; the menu stands below it, inside of the page. Returns the menu, to be put into the document. */
export function createMenu(button: HTMLButtonElement, label: string, groups: readonly MenuGroup[]): HTMLElement {
  const menu = element('div', { class: 'menu', attributes: { role: 'menu', 'aria-label': label, popover: 'auto' } });
  const items: HTMLButtonElement[] = [];
  groups.forEach(({ title, items: entries }, index) => {
    const group = element(
      'div',
      { class: 'menu-group', attributes: { role: 'group', 'aria-label': title } },
      index > 0 && element('div', { class: 'menu-line', attributes: { role: 'separator' } }),
      element('div', { class: 'menu-title', attributes: { 'aria-hidden': 'true' } }, title),
      ...entries.map((item) => {
        const entry = menuItem(item, () => {
          close();
          item.choose();
        });
        items.push(entry);
        return entry;
      }),
    );
    menu.append(group);
  });

  setAttributes(button, { 'aria-haspopup': 'menu', 'aria-expanded': 'false' });

  const tell = () => setAttributes(button, { 'aria-expanded': String(menu.matches(':popover-open')) });
  const close = () => {
    menu.hidePopover();
    tell();
    button.focus();
  };
  const focus = (index: number) => items[(index + items.length) % items.length]?.focus();
  const open = (at: number) => {
    menu.showPopover();
    tell();
    const { left, bottom, right } = button.getBoundingClientRect();
    const { width } = menu.getBoundingClientRect();
    menu.style.top = `${bottom + 4}px`;
    menu.style.left = `${Math.max(4, Math.min(left, Math.max(right, width + 8) - width, window.innerWidth - width - 8))}px`;
    focus(at);
  };

  button.addEventListener('click', () => {
    if (menu.matches(':popover-open')) close();
    else open(0);
  });
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    open(event.key === 'ArrowDown' ? 0 : -1);
    event.preventDefault();
    event.stopPropagation();
  });
  // A press elsewhere closes it as well.
  menu.addEventListener('toggle', tell);
  menu.addEventListener('keydown', (event) => {
    const current = items.findIndex((item) => item === document.activeElement);
    if (event.key === 'ArrowDown') focus(current + 1);
    else if (event.key === 'ArrowUp') focus(current - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key.length === 1 && event.key !== ' ') focusLetter(items, current, event.key);
    else {
      // The page has keys of its own; Enter and the space bar press the item.
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  return menu;
}

function menuItem({ label, detail }: MenuItem, choose: () => void): HTMLButtonElement {
  const texts: readonly Child[] = [
    element('span', {}, label),
    detail !== undefined && element('span', { class: 'menu-detail' }, detail),
  ];
  return element(
    'button',
    { class: 'menu-item', attributes: { type: 'button', role: 'menuitem', tabindex: '-1' }, on: { click: choose } },
    ...texts,
  );
}

function focusLetter(items: readonly HTMLButtonElement[], current: number, letter: string): void {
  const order = [...items.slice(current + 1), ...items.slice(0, current + 1)];
  order.find((item) => item.textContent.toLowerCase().startsWith(letter.toLowerCase()))?.focus();
}
