/** The language server as a process: over the channel that the editor names in the arguments (`--stdio`, `--node-ipc`...). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './lsp/server.ts';
import { exitOnSignals } from './signals.ts';

// Read by the TypeScript processes that are started. With Go's default every seventh edit waits for a garbage collection
// that costs three times as much as the edit itself; with this every fifteenth does, for more memory.
process.env['GOGC'] ??= '200';

const connection = createConnection(ProposedFeatures.all);

exitOnSignals();

// A promise that nobody waits for must not end the server.
process.on('unhandledRejection', (reason) => {
  connection.console.error(
    `Unexpected: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
  );
});

serve(connection);
connection.listen();
