/** The documents that are open in the editor, by file. Their text is what the engine reads instead of the disk's. */
import { readFileSync } from 'node:fs';
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
  /** The text that counts: the editor's where the file is open, else the one on disk; undefined when there is none. */
  textOf(file: string): string | undefined;
  /** The editor's own URI of a file where it is open, else the usual one. */
  uriOf(file: string): string;
}

export interface DocumentEvents {
  /** Opened or edited; `isNewText` is false when it was opened with the text on disk. */
  changed(document: OpenDocument, isNewText: boolean): void;
  /** From now on the text on disk counts; `isNewText` when that is another one. */
  closed(file: string, isNewText: boolean): void;
}

/** Keeps the documents of `connection` in step with the editor. Documents that are not files are not kept. */
export function followDocuments(connection: Connection, events: DocumentEvents): Documents {
  const open = new Map<string, OpenDocument>();
  const documents = new TextDocuments(TextDocument);

  documents.onDidChangeContent(({ document }) => {
    const file = fileOfUri(document.uri);
    if (file === undefined) return;
    const entry = { file, uri: document.uri, version: document.version, text: document.getText() };
    const wasOpen = open.has(fileKey(file));
    open.set(fileKey(file), entry);
    events.changed(entry, wasOpen || entry.text !== textOnDisk(file));
  });
  documents.onDidClose(({ document }) => {
    const file = fileOfUri(document.uri);
    const last = file === undefined ? undefined : open.get(fileKey(file));
    if (last === undefined) return;
    open.delete(fileKey(last.file));
    events.closed(last.file, last.text !== textOnDisk(last.file));
  });
  documents.listen(connection);

  return {
    get: (file) => open.get(fileKey(file)),
    all: () => [...open.values()],
    textOf: (file) => open.get(fileKey(file))?.text ?? textOnDisk(file),
    uriOf: (file) => open.get(fileKey(file))?.uri ?? uriOfFile(file),
  };
}

/** Without a byte order mark, as editors hold it; undefined when there is no such file. */
function textOnDisk(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
