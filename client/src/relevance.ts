/** Which documents the language server has something to say about, decided without asking it. */
import type * as vscode from 'vscode';

const mastraImport = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]@mastra\//;

/** True when a source text imports a package of Mastra (static, dynamic or `require`). */
export function importsMastra(text: string): boolean {
  // The plain search is much cheaper than the pattern and answers for nearly every file.
  return text.includes('@mastra/') && mastraImport.test(text);
}

/** True when an edit may have brought such an import into a document: looks at the edited lines only. */
export function mayAddMastraImport({ document, contentChanges }: vscode.TextDocumentChangeEvent): boolean {
  return (
    isTypeScript(document) &&
    contentChanges.some(
      ({ range, text }) => text.includes('@mastra/') || document.lineAt(range.start.line).text.includes('@mastra/'),
    )
  );
}

/** The documents that are analysed: TypeScript on disk. */
export const documentSelector = [
  { scheme: 'file', language: 'typescript' },
  { scheme: 'file', language: 'typescriptreact' },
] as const;

export function isTypeScript(document: Pick<vscode.TextDocument, 'uri' | 'languageId'>): boolean {
  return documentSelector.some(
    (filter) => filter.scheme === document.uri.scheme && filter.language === document.languageId,
  );
}

export interface Relevance {
  /**
   * True for TypeScript that imports Mastra, and for files with workflows (which may come through a module of the
   * project that re-exports Mastra).
   */
  has(document: vscode.TextDocument): boolean;
  /** Files that the server has just read: they count until it is known which of them have workflows. */
  learn(uris: readonly string[]): void;
  /** All files with workflows; takes the place of what was learnt. */
  know(uris: readonly string[]): void;
}

/** Answers are kept per document version, so that asking on every request costs nothing. */
export function createRelevance(): Relevance {
  let known: ReadonlySet<string> = new Set();
  const answers = new WeakMap<vscode.TextDocument, { readonly version: number; readonly imports: boolean }>();
  const imports = (document: vscode.TextDocument): boolean => {
    const last = answers.get(document);
    if (last?.version === document.version) {
      return last.imports;
    }
    const answer = importsMastra(document.getText());
    answers.set(document, { version: document.version, imports: answer });
    return answer;
  };
  return {
    has: (document) => isTypeScript(document) && (known.has(document.uri.toString()) || imports(document)),
    learn(uris) {
      known = new Set([...known, ...uris]);
    },
    know(uris) {
      known = new Set(uris);
    },
  };
}
