/** What the keys mean on a row of a tree, as everywhere in VS Code. */
type TreeAction =
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
function actionOf(key: string, { expandable, open }: Pick<TreeRow, 'expandable' | 'open'>): TreeAction | undefined {
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
function parentOf(rows: readonly TreeRow[], index: number): number {
  const level = levelAt(rows, index);
  for (let above = index - 1; above >= 0; above -= 1) if (levelAt(rows, above) < level) return above;
  return index;
}

/** All rows that are inside of the same one as this. */
function siblingsOf<R extends TreeRow>(rows: readonly R[], index: number): readonly R[] {
  const level = levelAt(rows, index);
  const parent = parentOf(rows, index);
  const start = parent === index ? 0 : parent + 1;
  const end = rows.findIndex((row, at) => at > index && row.level < level);
  return rows.slice(start, end === -1 ? undefined : end).filter((row) => row.level === level);
}

function levelAt(rows: readonly TreeRow[], index: number): number {
  return rows[index]?.level ?? 0;
}

/** A tree as far as the keys move in it and change it. */
export interface KeyedTree<R extends TreeRow> {
  readonly rows: readonly R[];
  /** Index of the row that the keys are about. */
  readonly active: number;
  /** Rows that fit into sight. */
  readonly pageSize: () => number;
  readonly activate: (index: number) => void;
  readonly toggle: (row: R) => void;
  readonly openAll: (rows: readonly R[]) => void;
  readonly copyValue: (row: R) => void;
  readonly copyPath: (row: R) => void;
  /** Undefined where nothing can be searched. */
  readonly openSearch?: () => void;
  /** Undefined while no search is open. */
  readonly closeSearch?: (() => void) | undefined;
}

/** Does what the key means on the active row; false when it means nothing here. */
export function pressTreeKey<R extends TreeRow>(key: string, tree: KeyedTree<R>): boolean {
  const { rows, active, activate } = tree;
  const row = rows[active];
  const action = row === undefined ? undefined : actionOf(key, row);
  if (row === undefined || action === undefined) return false;
  switch (action) {
    case 'next':
      activate(active + 1);
      break;
    case 'previous':
      activate(active - 1);
      break;
    case 'page-down':
      activate(active + tree.pageSize());
      break;
    case 'page-up':
      activate(active - tree.pageSize());
      break;
    case 'first':
      activate(0);
      break;
    case 'last':
      activate(rows.length - 1);
      break;
    case 'parent':
      activate(parentOf(rows, active));
      break;
    case 'toggle':
      tree.toggle(row);
      break;
    case 'open-siblings':
      tree.openAll(siblingsOf(rows, active).filter(({ expandable }) => expandable));
      break;
    case 'copy-value':
      tree.copyValue(row);
      break;
    case 'copy-path':
      tree.copyPath(row);
      break;
    case 'search':
      if (tree.openSearch === undefined) return false;
      tree.openSearch();
      break;
    case 'escape':
      if (tree.closeSearch === undefined) return false;
      tree.closeSearch();
      break;
    case 'nothing':
      break;
  }
  return true;
}
