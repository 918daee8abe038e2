/** Tells that the source is not what it was when the run took place: what still fits, what does not, and the drawing of then. */
import type { SourceChanges } from '../../../common/replay/changes.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import type { Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { countLabel } from '../words.ts';

export type DrawnSource = 'recorded' | 'now';

export interface ChangesBar {
  readonly root: HTMLElement;
  /** Undefined while the source is what it was. */
  update(changes: SourceChanges | undefined, drawn: DrawnSource): void;
}

export function createChangesBar(onDrawn: (drawn: DrawnSource) => void): ChangesBar {
  const text = element('span', { class: 'message', attributes: { role: 'status' } });
  const choices = (['now', 'recorded'] as const).map((drawn) =>
    element(
      'button',
      {
        class: 'button choice',
        title: drawn === 'now' ? 'Draw the workflow as the source is now' : 'Draw the workflow as it was when it ran',
        attributes: { 'data-drawn': drawn },
        on: { click: () => onDrawn(drawn) },
      },
      drawn === 'now' ? 'As now' : 'As recorded',
    ),
  );
  const list = element('div', { class: 'changes-list', attributes: { id: 'changes-list' } });
  list.hidden = true;
  const more = element('button', { class: 'button link', attributes: { 'aria-controls': 'changes-list' } });
  const showMore = (open: boolean): void => {
    list.hidden = !open;
    more.textContent = open ? 'Hide what differs' : 'Show what differs';
    setAttributes(more, { 'aria-expanded': String(open) });
  };
  more.addEventListener('click', () => showMore(list.hidden !== false));
  showMore(false);
  const root = element(
    'div',
    { class: 'changes' },
    element(
      'div',
      { class: 'changes-line' },
      icon('warning'),
      text,
      more,
      element('span', { class: 'choices', attributes: { role: 'group', 'aria-label': 'Drawing' } }, ...choices),
    ),
    list,
  );
  root.hidden = true;
  let shown: SourceChanges | undefined;
  return {
    root,
    update(changes, drawn) {
      root.hidden = changes === undefined;
      for (const choice of choices) {
        const isOn = choice.dataset['drawn'] === drawn;
        choice.classList.toggle('on', isOn);
        setAttributes(choice, { 'aria-pressed': String(isOn) });
      }
      if (changes === undefined || changes === shown) return;
      shown = changes;
      text.textContent = sentence(changes);
      const lines = linesOf(changes);
      more.hidden = lines.length === 0;
      if (lines.length === 0) showMore(false);
      replaceChildren(list, element('dl', {}, ...lines.flatMap(([title, names]) => line(title, names))));
    },
  };
}

function sentence({ aligned, total }: SourceChanges): string {
  const fits =
    total === aligned
      ? `all ${countLabel(total, 'step')} of it still fit`
      : `${aligned} of its ${countLabel(total, 'step')} still fit`;
  return total === 0
    ? 'The source has changed since this run.'
    : `The source has changed since this run: ${total === 1 && aligned === 1 ? 'its step still fits' : fits}.`;
}

function linesOf({
  gone,
  ambiguous,
  added,
  changed,
}: SourceChanges): readonly (readonly [string, readonly string[]])[] {
  const lines = [
    ['Not in the source any more', gone],
    ['Now one of several that the run names alike', ambiguous],
    ['New since the run', added],
    ['Another condition, or another way to repeat', changed],
  ] as const;
  return lines.filter(([, names]) => names.length > 0);
}

const maxNames = 12;

function line(title: string, names: readonly string[]): readonly Child[] {
  const more = names.length - maxNames;
  return [
    element('dt', {}, title),
    element('dd', {}, `${names.slice(0, maxNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`),
  ];
}
