/** A field to choose one of the values of a run, however many it has: typing finds them, a list below shows the first that match. */
import type { Steps } from '../../../common/replay/steps.ts';
import { inSlices } from '../data/slices.ts';
import type { Slices } from '../data/slices.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import { labelOf } from './comparable.ts';
import type { ComparableValue, FoundValues } from './comparable.ts';

export interface ValueChoiceEvents {
  readonly find: (query: string) => Steps<FoundValues>;
  readonly onChoose: (value: ComparableValue) => void;
}

export interface ValueChoice {
  readonly root: HTMLElement;
  /** The value that is chosen. What is being typed stays. */
  update(value: ComparableValue | undefined): void;
  close(): void;
}

/** Rows that Page Up and Page Down pass. */
const page = 10;
/** Pixels: the list is at least as wide, and goes where it has as much room. */
const minWidth = 280;
const minHeight = 180;
const edge = 8;

let instances = 0;

export function createValueChoice(events: ValueChoiceEvents): ValueChoice {
  const id = `value-choice-${(instances += 1)}`;
  let chosen: ComparableValue | undefined;
  let isOpen = false;
  let finding: Slices | undefined;
  let listed: readonly ComparableValue[] = [];
  /** -1 without any. */
  let active = -1;

  const input = element('input', {
    class: 'value-choice-input',
    attributes: {
      type: 'text',
      role: 'combobox',
      'aria-label': 'Compared with',
      'aria-autocomplete': 'list',
      'aria-controls': id,
      'aria-expanded': 'false',
      autocomplete: 'off',
      placeholder: 'Type to find a value of this run',
      spellcheck: 'false',
    },
    on: { input: () => open(input.value), click: () => isOpen || open(''), focus: () => input.select(), blur: close },
  });
  const list = element('div', {
    class: 'value-choice-list',
    attributes: { id, role: 'listbox', 'aria-label': 'Values of this run' },
  });
  const note = element('p', { class: 'value-choice-note', attributes: { role: 'status' } });
  const popup = element('div', { class: 'menu value-choice-popup', attributes: { popover: 'manual' } }, list, note);
  const root = element('div', { class: 'value-choice' }, input, popup);

  input.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  // The keyboard stays in the field.
  popup.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    if (row !== null) choose([...list.children].indexOf(row));
  });

  /** True when the key means something here. */
  function press(key: string): boolean {
    if (!isOpen) {
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
      open('');
      return true;
    }
    switch (key) {
      case 'ArrowDown':
        activate((active + 1) % Math.max(1, listed.length));
        return true;
      case 'ArrowUp':
        activate((Math.max(active, 0) + listed.length - 1) % Math.max(1, listed.length));
        return true;
      case 'PageDown':
        activate(Math.min(listed.length - 1, active + page));
        return true;
      case 'PageUp':
        activate(Math.max(0, active - page));
        return true;
      case 'Enter':
        choose(active);
        return true;
      case 'Escape':
        close();
        return true;
      default:
        return false;
    }
  }

  function open(query: string): void {
    if (!isOpen) {
      isOpen = true;
      popup.showPopover();
      setAttributes(input, { 'aria-expanded': 'true' });
      document.addEventListener('scroll', place, { capture: true, passive: true });
      window.addEventListener('resize', place);
    }
    finding?.stop();
    finding = inSlices(
      events.find(query),
      (found) => {
        drawFound(found);
        place();
      },
      () => {
        note.textContent = 'Looking through the values of this run…';
      },
    );
    place();
  }

  function drawFound(found: FoundValues): void {
    ({ listed } = found);
    replaceChildren(
      list,
      ...listed.map((value, index) => {
        const label = labelOf(value);
        return element('div', { title: label, attributes: { id: `${id}-${index}`, role: 'option' } }, label);
      }),
    );
    list.hidden = listed.length === 0;
    note.textContent = foundText(found);
    activate(
      Math.max(
        0,
        listed.findIndex((value) => value.id === chosen?.id),
      ),
    );
  }

  function activate(index: number): void {
    active = listed.length === 0 ? -1 : index;
    for (const [at, row] of [...list.children].entries()) {
      setAttributes(row, { 'aria-selected': String(at === active) });
    }
    setAttributes(input, { 'aria-activedescendant': active === -1 ? undefined : `${id}-${active}` });
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  /** Below the field, or above it where there is more room. */
  function place(): void {
    const { left, top, bottom, width } = input.getBoundingClientRect();
    const below = window.innerHeight - bottom - edge;
    const isAbove = below < minHeight && top > below;
    const wide = Math.min(Math.max(width, minWidth), window.innerWidth - 2 * edge);
    const { style } = popup;
    style.width = `${wide}px`;
    style.left = `${Math.max(edge, Math.min(left, window.innerWidth - wide - edge))}px`;
    style.top = isAbove ? 'auto' : `${bottom + 2}px`;
    style.bottom = isAbove ? `${window.innerHeight - top + 2}px` : 'auto';
    style.maxHeight = `${Math.min(360, (isAbove ? top - edge : below) - 2)}px`;
  }

  function choose(index: number): void {
    const value = listed[index];
    if (value === undefined) return;
    chosen = value;
    close();
    events.onChoose(value);
  }

  function close(): void {
    if (isOpen) {
      isOpen = false;
      finding?.stop();
      popup.hidePopover();
      setAttributes(input, { 'aria-expanded': 'false', 'aria-activedescendant': undefined });
      document.removeEventListener('scroll', place, { capture: true });
      window.removeEventListener('resize', place);
    }
    drawChosen();
  }

  function drawChosen(): void {
    const label = chosen === undefined ? '' : labelOf(chosen);
    if (input.value !== label) input.value = label;
    if (input.title !== label) input.title = label;
  }

  return {
    root,
    update(value) {
      chosen = value;
      if (!isOpen) drawChosen();
    },
    close,
  };
}

function foundText({ listed, total }: FoundValues): string {
  if (total === 0) return 'No value of this run has all of these words in its name.';
  if (total === 1) return '1 value';
  if (listed.length === total) return `${total.toLocaleString('en')} values`;
  const more = (total - listed.length).toLocaleString('en');
  return `${more} more: type part of a name, e.g. “iteration 7 output”.`;
}
