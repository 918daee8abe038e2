/** What a server is asked for at a time. */
const atOnce = 4;

/** Results in the order of `items`. Rejects with the first failure; then nothing more is begun. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = [...items.entries()].values();
  let failed = false;
  const take = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}
