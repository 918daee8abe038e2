/** Sends the diagnostics that changed, and takes back those that are gone. */
import type { Diagnostic } from 'vscode-languageserver';

export interface PublishedFile {
  readonly uri: string;
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Publisher {
  /** The diagnostics of all files that have any; files that had some and are not among them are cleared. */
  readonly publish: (files: readonly PublishedFile[]) => void;
}

export function createPublisher(send: (file: PublishedFile) => void): Publisher {
  const sent = new Map<string, string>();
  return {
    publish(files) {
      const present = new Set(files.map((file) => file.uri));
      for (const uri of [...sent.keys()]) {
        if (present.has(uri)) continue;
        sent.delete(uri);
        send({ uri, version: undefined, diagnostics: [] });
      }
      for (const file of files) {
        // With the version: a client may drop what was sent for an older text.
        const content = JSON.stringify([file.version, file.diagnostics]);
        if (sent.get(file.uri) === content) continue;
        sent.set(file.uri, content);
        send(file);
      }
    },
  };
}
