/** Asks the compiler and the real Mastra whether mutants are mistakes at all: those not found, and a sample of the others. */
import { startCompiler } from './compiler.ts';
import { startMastra } from './mastra/mastra.ts';
import type { MutationProject } from './project.ts';
import type { Judged } from './run.ts';

export type Truth =
  /** What one of the two says against it. */
  | { readonly kind: 'mistake'; readonly by: 'mastra' | 'tsc'; readonly evidence: readonly string[] }
  /** Both would see such a mistake, or one of them that could be asked, and neither does. */
  | { readonly kind: 'harmless' }
  /** Not in the sample, or nobody knows. */
  | { readonly kind: 'not-asked' };

export interface Known extends Judged {
  readonly truth: Truth;
}

/**
 * `perKind`: about how many found mutants of each kind the oracles are asked; about those not found they are asked always.
 * A run is asked first: it shows what happens, and takes a tenth of the compiler's time.
 */
export async function askOracles(
  project: MutationProject,
  judged: readonly Judged[],
  perKind: number,
  progress: (asked: number) => void,
): Promise<readonly Known[]> {
  const sample = sampleOf(judged, perKind);
  const compiler = [...sample].some(({ mutant }) => mutant.oracle === 'tsc') ? await startCompiler(project) : undefined;
  try {
    const mastra = sample.size > 0 ? await startMastra(project.folder) : undefined;
    try {
      const known: Known[] = [];
      let count = 0;
      for (const each of judged) {
        const { changes, oracle } = each.mutant;
        if (!sample.has(each)) {
          known.push({ ...each, truth: { kind: 'not-asked' } });
          continue;
        }
        progress((count += 1));
        const run = await mastra?.evidence(changes);
        const isShown = run !== undefined && run.length > 0;
        const errors = isShown || oracle !== 'tsc' ? undefined : await compiler?.errors(changes);
        known.push({ ...each, truth: truthOf(run, errors) });
      }
      return known;
    } finally {
      await mastra?.close();
    }
  } finally {
    compiler?.close();
  }
}

function truthOf(run: readonly string[] | undefined, errors: readonly string[] | undefined): Truth {
  if (run !== undefined && run.length > 0) return { kind: 'mistake', by: 'mastra', evidence: run };
  if (errors !== undefined && errors.length > 0) return { kind: 'mistake', by: 'tsc', evidence: errors };
  return run === undefined && errors === undefined ? { kind: 'not-asked' } : { kind: 'harmless' };
}

/** Spread over the files, since mutants come in their order. */
function sampleOf(judged: readonly Judged[], perKind: number): ReadonlySet<Judged> {
  const sample = new Set<Judged>();
  const knowable = judged.filter(({ mutant }) => typeof mutant.oracle === 'string');
  for (const kind of new Set(knowable.map(({ mutant }) => mutant.kind))) {
    const all = knowable.filter(({ mutant }) => mutant.kind === kind);
    const found = all.filter(({ outcome }) => outcome === 'found');
    for (const each of all) if (each.outcome !== 'found') sample.add(each);
    const step = Math.max(1, found.length / perKind);
    for (let at = 0; at < Math.min(perKind, found.length); at += 1) {
      const chosen = found[Math.floor(at * step)];
      if (chosen !== undefined) sample.add(chosen);
    }
  }
  return sample;
}
