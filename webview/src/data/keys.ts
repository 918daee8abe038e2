/** What the keys mean on a row of a tree, as everywhere in VS Code. Pure. */
export type TreeAction =
  | 'next'
  | 'previous'
  | 'page-down'
  | 'page-up'
  | 'first'
  | 'last'
  | 'parent'
  | 'toggle'
  | 'open-siblings'
  | 'search'
  | 'copy-value'
  | 'copy-path'
  | 'escape'
  | 'nothing';

/** A row as far as the keys see it. */
export interface TreeRow {
  /** 1 for the outermost ones. */
  readonly level: number;
  readonly expandable: boolean;
  readonly open: boolean;
}

const actions: Readonly<Record<string, TreeAction>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  PageDown: 'page-down',
  PageUp: 'page-up',
  Home: 'first',
  End: 'last',
  '*': 'open-siblings',
  '/': 'search',
  c: 'copy-value',
  p: 'copy-path',
  Escape: 'escape',
};

/** Undefined for a key that is none of the tree's; `nothing` for one that is but does nothing here. */
export function actionOf(
  key: string,
  { expandable, open }: Pick<TreeRow, 'expandable' | 'open'>,
): TreeAction | undefined {
  switch (key) {
    case 'ArrowRight':
      if (open) return 'next';
      return expandable ? 'toggle' : 'nothing';
    case 'ArrowLeft':
      return open ? 'toggle' : 'parent';
    case 'Enter':
    case ' ':
      return expandable ? 'toggle' : 'nothing';
    default:
      return actions[key];
  }
}

/** The row that this one is inside of; itself for an outermost one. */
export function parentOf(rows: readonly TreeRow[], index: number): number {
  const level = levelAt(rows, index);
  for (let above = index - 1; above >= 0; above -= 1) if (levelAt(rows, above) < level) return above;
  return index;
}

/** All rows that are inside of the same one as this. */
export function siblingsOf<R extends TreeRow>(rows: readonly R[], index: number): readonly R[] {
  const level = levelAt(rows, index);
  const parent = parentOf(rows, index);
  const start = parent === index ? 0 : parent + 1;
  const end = rows.findIndex((row, at) => at > index && row.level < level);
  return rows.slice(start, end === -1 ? undefined : end).filter((row) => row.level === level);
}

function levelAt(rows: readonly TreeRow[], index: number): number {
  return rows[index]?.level ?? 0;
}
