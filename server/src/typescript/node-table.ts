/**
 * Finds nodes of a file in the table that its tree is read from, without making an object of every node on the way: most
 * files hold thousands of nodes, of which analysis looks at few.
 */
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { SyntaxKind } from 'typescript/unstable/ast';
import { walk } from './ast.ts';

/** The nodes of `kinds` below the file, comments left out, in source order; with `ends` those that end at such an offset. */
export function findNodes(file: SourceFile, kinds: readonly SyntaxKind[], ends?: ReadonlySet<number>): readonly Node[] {
  const wanted = new Set<number>(kinds);
  if (isEncoded(file)) return findInTable(file, wanted, ends);
  const found: Node[] = [];
  walk(file, (node) => {
    if (wanted.has(node.kind) && ends?.has(node.end) !== false) found.push(node);
  });
  return found;
}

/** What the client of the TypeScript API keeps of a tree; private to it, and its version is pinned. */
interface EncodedFile {
  readonly view: DataView;
  /** Byte offset of the first row of the table; a row holds seven numbers of 32 bits. */
  readonly _offsetNodes: number;
  /** One place for each row, filled when the node is looked at. */
  readonly nodes: readonly unknown[];
  getOrCreateNodeAtIndex(index: number): Node;
}

const row = { bytes: 28, kind: 0, end: 8, parent: 16 } as const;
/** Row 0 is empty, row 1 is the file itself. */
const firstNode = 2;

const comment: number = SyntaxKind.JSDoc;

function findInTable(
  file: EncodedFile,
  kinds: ReadonlySet<number>,
  ends: ReadonlySet<number> | undefined,
): readonly Node[] {
  const { view, _offsetNodes: start, nodes } = file;
  const found: Node[] = [];
  // A parent always stands before what it holds.
  const inComment = new Uint8Array(nodes.length);
  for (let index = firstNode; index < nodes.length; index += 1) {
    const at = start + index * row.bytes;
    const kind = view.getUint32(at + row.kind, true);
    if (kind === comment || inComment[view.getUint32(at + row.parent, true)] === 1) inComment[index] = 1;
    else if (kinds.has(kind) && ends?.has(view.getInt32(at + row.end, true)) !== false) {
      found.push(file.getOrCreateNodeAtIndex(index));
    }
  }
  return found;
}

function isEncoded(file: object): file is EncodedFile {
  return (
    'view' in file &&
    file.view instanceof DataView &&
    '_offsetNodes' in file &&
    typeof file._offsetNodes === 'number' &&
    'nodes' in file &&
    Array.isArray(file.nodes) &&
    'getOrCreateNodeAtIndex' in file
  );
}
