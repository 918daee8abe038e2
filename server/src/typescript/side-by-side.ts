/** Several engines that share the files of one project: one process checks types on one core only. */
import { availableParallelism } from 'node:os';
import type { Engine, ProgramSet } from './engine.ts';
import { fileKey } from './files.ts';

/** Every process reads the declarations of all packages anew, about as much work as this many files with workflows. */
const filesPerEngine = 30;
/** Each process takes hundreds of megabytes. */
const mostEngines = 4;

/** How many engines finish soonest with so many files. */
export function enginesFor(files: number, cores: number = availableParallelism()): number {
  return Math.max(1, Math.min(mostEngines, cores, Math.floor(files / filesPerEngine)));
}

/**
 * Like `Engine.read`, with the files dealt out in turn to `engines`. Rejects with `EngineStopped` when one of the
 * processes died meanwhile.
 */
export async function readSideBySide<T>(
  engines: readonly Engine[],
  files: readonly string[],
  use: (programs: ProgramSet) => Promise<T>,
): Promise<T> {
  const [only] = engines;
  if (only !== undefined && engines.length === 1) return only.read(files, use);
  const engineOf = new Map(files.map((file, index) => [fileKey(file), index % engines.length]));
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const reads: Promise<void>[] = [];
  const opened = engines.map(
    (engine, index) =>
      new Promise<ProgramSet>((resolve, reject) => {
        const own = files.filter((file) => engineOf.get(fileKey(file)) === index);
        const read = engine.read(own, async (programs) => {
          resolve(programs);
          await finished;
        });
        read.catch(reject);
        reads.push(read);
      }),
  );
  try {
    const sets = await Promise.all(opened);
    const result = await use({
      programs: sets.flatMap((set) => set.programs),
      programFor: async (file) => sets[engineOf.get(fileKey(file)) ?? 0]?.programFor(file),
    });
    finish();
    await Promise.all(reads);
    return result;
  } finally {
    finish();
    await Promise.allSettled(reads);
  }
}
