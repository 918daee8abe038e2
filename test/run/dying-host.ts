/**
 * Runs a workflow over and over as an extension host does, until it is killed: `node dying-host.ts OPTIONS`, where OPTIONS is
 * TestHostOptions as JSON. Prints `process PID` for each process it starts, and `running` with the first event.
 */
import { openHost } from './host.ts';
import type { TestHostOptions } from './host.ts';

// Written by kill.test.ts.
const options = JSON.parse(process.argv[2] ?? '') as Omit<TestHostOptions, 'onProcess'>;
const host = openHost({ ...options, onProcess: (pid) => void process.stdout.write(`process ${pid}\n`) });
let running = false;
host.service.onRunEvent(() => {
  if (!running) process.stdout.write('running\n');
  running = true;
});
for (;;) await host.service.run(host.request);
