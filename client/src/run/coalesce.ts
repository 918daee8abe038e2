/** Calls `act` at once for a key, then at most once per interval while calls for it keep coming. */
export function coalesce<K>(act: (key: K) => void, milliseconds: number): (key: K) => void {
  const waiting = new Map<K, boolean>();
  const pause = (key: K): void => {
    setTimeout(() => {
      const again = waiting.get(key) === true;
      waiting.delete(key);
      if (!again) return;
      waiting.set(key, false);
      act(key);
      pause(key);
    }, milliseconds);
  };
  return (key) => {
    if (waiting.has(key)) {
      waiting.set(key, true);
      return;
    }
    waiting.set(key, false);
    act(key);
    pause(key);
  };
}
