/** The selected step: what it took and gave in both runs, side by side. */
import type { ComparedRow, RowValues, RunSide } from '../../../common/protocol/compare.ts';
import { createDiffView } from '../data/diff-view.ts';
import { createValueTree } from '../data/tree.ts';
import { element, replaceChildren } from '../dom.ts';
import { icon } from '../icons.ts';
import { differencesText } from './words.ts';

export interface DetailEvents {
  readonly onSource: (row: string) => void;
  readonly onGraph: (side: RunSide, row: string) => void;
  readonly onCopy: (text: string, what: string) => void;
}

export interface RowDetail {
  readonly row: ComparedRow;
  /** Undefined until they have come. */
  readonly values: { readonly left: RowValues; readonly right: RowValues } | undefined;
}

export interface Detail {
  readonly root: HTMLElement;
  update(detail: RowDetail | undefined): void;
}

const blocks = ['error', 'suspended', 'input', 'output'] as const;

const titles: Readonly<Record<(typeof blocks)[number], string>> = {
  error: 'Error',
  suspended: 'Suspended with',
  input: 'Input',
  output: 'Output',
};

export function createDetail(events: DetailEvents): Detail {
  const head = element('div', { class: 'detail-head' });
  const waiting = element('p', { class: 'unknown' }, 'Reading the values…');
  const none = element('p', { class: 'unknown' }, 'This step neither took nor gave a value that was recorded.');
  const views = blocks.map((block) => ({
    block,
    difference: createDiffView({ onCopy: events.onCopy }, { headingLevel: 3, roomForTwo: 420 }),
    tree: createValueTree({ onCopy: events.onCopy }, { headingLevel: 3 }),
  }));
  const body = element(
    'div',
    { class: 'detail-body' },
    waiting,
    none,
    ...views.flatMap(({ difference, tree }) => [difference.root, tree.root]),
  );
  const root = element(
    'section',
    { class: 'compare-detail', attributes: { 'aria-label': 'Selected step' } },
    head,
    body,
  );
  return {
    root,
    update(detail) {
      root.hidden = detail === undefined;
      if (detail === undefined) {
        for (const { difference } of views) difference.clear();
        return;
      }
      const { row, values } = detail;
      replaceChildren(head, ...headOf(row, events));
      waiting.hidden = values !== undefined;
      const shown = blocks.filter(
        (block) => values !== undefined && (values.left[block] !== undefined || values.right[block] !== undefined),
      );
      none.hidden = values === undefined || shown.length > 0;
      for (const { block, difference, tree } of views) {
        const [left, right] = [values?.left[block], values?.right[block]];
        const isShown = shown.includes(block);
        const isSame = isShown && left !== undefined && right !== undefined && !row.differences.includes(block);
        difference.root.hidden = !isShown || isSame;
        tree.root.hidden = !isSame;
        if (difference.root.hidden) difference.clear();
        if (isSame) tree.update(right, `${titles[block]}, the same in both`);
        else if (isShown) {
          difference.update({
            title: titles[block],
            before: { label: row.left === undefined ? 'A, not run' : 'A', value: left },
            after: { label: row.right === undefined ? 'B, not run' : 'B', value: right },
          });
        }
      }
    },
  };
}

function headOf(row: ComparedRow, events: DetailEvents): readonly HTMLElement[] {
  const isStep = row.level > 0;
  const button = (name: 'source' | 'workflow', label: string, title: string, onClick: () => void): HTMLElement =>
    element('button', { class: 'button link', title, on: { click: onClick } }, icon(name), element('span', {}, label));
  const graphs = (['left', 'right'] as const).filter((side) => row[side] !== undefined);
  return [
    element(
      'div',
      { class: 'detail-title' },
      icon(row.kind, 'kind'),
      element('h2', {}, row.title),
      row.detail !== undefined && element('span', { class: 'step-detail' }, row.detail),
      element(
        'span',
        { class: 'detail-differs' },
        row.differences.length === 0 ? 'Same in both' : `Differs in: ${differencesText(row)}`,
      ),
    ),
    element(
      'div',
      { class: 'actions' },
      isStep &&
        button('source', 'Go to source', 'Go to the source of this step (Enter)', () => events.onSource(row.id)),
      ...graphs.map((side) => {
        const name = side === 'left' ? 'A' : 'B';
        return button('workflow', `Show in ${name}`, `Show run ${name} on the graph, with this step selected`, () =>
          events.onGraph(side, row.id),
        );
      }),
    ),
  ];
}
