/** The command line: the same analysis as in the editor, without VS Code. */
import { availableParallelism, totalmem } from 'node:os';
import { main } from './cli/main.ts';
import { exitOnSignals, interruptOnce } from './signals.ts';

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

exitOnSignals();

// For the native processes that are started here, which are written in Go. They end with this run, so that nothing is
// collected before they hold a share of the memory that is there: a third less time for a third more memory.
process.env['GOGC'] ??= 'off';
// With as many threads as cores, those that check types keep the ones waiting that take in the next questions: a tenth
// of the time on two cores.
process.env['GOMAXPROCS'] ??= String(4 * availableParallelism());
// Signals that would interrupt them only cost: nothing waits for all of them to stop while nothing is collected.
process.env['GODEBUG'] ??= 'asyncpreemptoff=1';
process.env['GOMEMLIMIT'] ??= String(Math.round(Math.min(totalmem(), process.constrainedMemory() || Infinity) / 8));

// The exit code is set and not forced with exit(): long output still has to leave through the pipe.
main(process.argv.slice(2), {
  cwd: process.cwd(),
  environment: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt: interruptOnce,
}).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
