/** The documents that are open in the editor, by file. Their text is what the engine reads instead of the disk's. */
import { TextDocuments, type Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileKey, fileOfUri, uriOfFile } from '../typescript/files.ts';

export interface OpenDocument {
  readonly file: string;
  /** As the editor wrote it. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

export interface Documents {
  get(file: string): OpenDocument | undefined;
  all(): readonly OpenDocument[];
  /** The editor's own URI of a file where it is open, else the usual one. */
  uriOf(file: string): string;
}

export interface DocumentEvents {
  /** Opened or edited. */
  changed(document: OpenDocument): void;
  /** From now on the text on disk counts. */
  closed(file: string): void;
}

/** Keeps the documents of `connection` in step with the editor. Documents that are not files are not kept. */
export function followDocuments(connection: Connection, events: DocumentEvents): Documents {
  const open = new Map<string, OpenDocument>();
  const documents = new TextDocuments(TextDocument);

  documents.onDidChangeContent(({ document }) => {
    const file = fileOfUri(document.uri);
    if (file === undefined) return;
    const entry = { file, uri: document.uri, version: document.version, text: document.getText() };
    open.set(fileKey(file), entry);
    events.changed(entry);
  });
  documents.onDidClose(({ document }) => {
    const file = fileOfUri(document.uri);
    if (file !== undefined && open.delete(fileKey(file))) events.closed(file);
  });
  documents.listen(connection);

  return {
    get: (file) => open.get(fileKey(file)),
    all: () => [...open.values()],
    uriOf: (file) => open.get(fileKey(file))?.uri ?? uriOfFile(file),
  };
}
