/** A process that ends in the moment in which its native process waits for a text from it; prints that one's id. */
import { writeSync } from 'node:fs';
import path from 'node:path';
import { startEngine } from '../../server/src/typescript/engine.ts';

const folder = process.argv[2] ?? '.';
let native: number | undefined;

const engine = startEngine({
  folder,
  buffer(file) {
    if (path.basename(file) !== 'a.ts' || native === undefined) return undefined;
    writeSync(1, String(native));
    process.exit(0);
  },
  log: () => undefined,
  onState(state) {
    if (state.kind === 'running') native = state.processId;
  },
});
await engine.read([path.join(folder, 'a.ts')], (programs) => programs.programFor(path.join(folder, 'a.ts')));
