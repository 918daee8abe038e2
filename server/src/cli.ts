/** The command line: the same analysis as in the editor, without VS Code. */
import { main } from './cli/main.ts';

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// For the native processes that are started here, which are written in Go: with twice the room before it collects, a
// run that ends anyway takes a fifth less time for a tenth more memory.
process.env['GOGC'] ??= '200';

// The exit code is set and not forced with exit(): long output still has to leave through the pipe.
main(process.argv.slice(2), {
  cwd: process.cwd(),
  environment: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
}).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
