import assert from 'node:assert/strict';
import { SyntaxKind, walk, type Node, type SourceFile } from '../../server/src/typescript/ast.ts';
import { findNodes } from '../../server/src/typescript/node-table.ts';
import { makeProject, openEngine, type TestEngine, type TestProject } from './project.ts';

const kinds = [SyntaxKind.Identifier, SyntaxKind.CallExpression, SyntaxKind.NewExpression, SyntaxKind.StringLiteral];

describe('nodes found in the table of a tree', () => {
  let project: TestProject;
  let engine: TestEngine;

  beforeEach(() => {
    project = makeProject({
      'tsconfig.json': '{}',
      'a.ts': [
        `import other, { second as third } from './b';`,
        `/** {@link documented} takes`,
        ` * @param given what is given */`,
        `export async function first(given: string, ...rest: readonly { readonly ünïcode: number }[]) {`,
        `  /** @type {Inner} */`,
        `  const made = new Map([[given, await third('😀', \`\${given} and \${String(rest.length)}\`)]]);`,
        `  return other?.(made.get(given)!, () => new Set<string>()) ?? { made, [given]: class { static { first('x'); } } };`,
        `}`,
      ].join('\r\n'),
      'half.ts': `const a = call({ b: [c(, new D`,
      'b.tsx': `export default (x: unknown) => <div title={String(x)}>{/* none */}{second(x)}</div>; export const second = String;`,
    });
    engine = openEngine(project);
  });

  afterEach(async () => {
    await engine.close();
    project.dispose();
  });

  for (const file of ['a.ts', 'half.ts', 'b.tsx']) {
    it(`are those that a walk of ${file} finds, whichever comes first`, async () => {
      const table = await inFile(file, (source) => findNodes(source, kinds).map(described));
      await engine.close();
      engine = openEngine(project);
      const walked = await inFile(file, (source) => walkedNodes(source).map(described));
      assert.deepEqual(table, walked);
      assert.notEqual(walked.length, 0);
    });
  }

  it('are the very nodes of the tree', async () => {
    await inFile('a.ts', (source) => {
      const found = findNodes(source, kinds);
      const walked = walkedNodes(source);
      assert.ok(found.every((node, index) => node === walked[index]));
    });
  });

  it('can be asked for by where they end', async () => {
    const ends = await inFile('a.ts', (source) => {
      const all = [...source.text.matchAll(/given/g)].map(({ index }) => index + 'given'.length);
      return findNodes(source, [SyntaxKind.Identifier], new Set(all)).map((node) => node.getText(source));
    });
    assert.deepEqual(ends, Array(5).fill('given'));
  });

  function inFile<T>(name: string, use: (source: SourceFile) => T): Promise<T> {
    const file = project.file(name);
    return engine.engine.read([file], async (programs) => {
      const source = await (await programs.programFor(file))?.sourceFile(file);
      assert.ok(source);
      return use(source);
    });
  }
});

function walkedNodes(source: SourceFile): readonly Node[] {
  const found: Node[] = [];
  walk(source, (node) => {
    if (kinds.includes(node.kind)) found.push(node);
  });
  return found;
}

/** A node with all that it stands in. */
function described(node: Node): string {
  const place: string[] = [];
  for (let current = node; ; current = current.parent) {
    place.push(`${String(current.kind)} ${String(current.pos)}-${String(current.end)}`);
    if (current.kind === SyntaxKind.SourceFile) return place.join(' in ');
  }
}
