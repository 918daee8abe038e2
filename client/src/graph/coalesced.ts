/** One call of `work` at a time; calls meanwhile make one more when it is done. `work` does not reject. */
export function coalesced(work: () => Promise<void>): () => void {
  let state: 'idle' | 'busy' | 'busy-again' = 'idle';
  const done = () => {
    const again = state === 'busy-again';
    state = 'idle';
    if (again) start();
  };
  const start = () => {
    if (state !== 'idle') {
      state = 'busy-again';
      return;
    }
    state = 'busy';
    void work().then(done);
  };
  return start;
}
