/** Turns many single questions into few batched ones: what is asked in one turn of the event loop, or while a batch is under way, goes in one request. */

/** Keeps every request short: what is no longer wanted is dropped between two of them, and an edit waits for one. */
const largestBatch = 40;

interface Waiting<K, V> {
  readonly key: K;
  readonly resolve: (value: V | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A function that answers like `ask` for a single key, remembers every answer, and sends the keys of one turn together.
 * When a batch is refused, its keys are asked one by one, so that one bad question does not spoil its neighbours.
 */
export function batched<K extends object, V>(
  ask: (keys: readonly K[]) => Promise<readonly (V | undefined)[]>,
): (key: K) => Promise<V | undefined> {
  const answers = new Map<K, Promise<V | undefined>>();
  let waiting: Waiting<K, V>[] = [];
  let busy = false;

  /** One batch at a time: the other side answers one by one, so a second request would only be smaller, not sooner. */
  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, largestBatch);
      waiting = waiting.slice(largestBatch);
      await send(batch);
    }
    busy = false;
  }

  async function send(batch: readonly Waiting<K, V>[]): Promise<void> {
    try {
      const values = await ask(batch.map((item) => item.key));
      batch.forEach((item, index) => item.resolve(values[index]));
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else await Promise.all(batch.map((item) => askAlone(item)));
    }
  }

  async function askAlone(item: Waiting<K, V>): Promise<void> {
    try {
      const [value] = await ask([item.key]);
      item.resolve(value);
    } catch (error) {
      item.reject(error);
    }
  }

  return (key) => {
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = new Promise((resolve, reject) => {
        waiting.push({ key, resolve, reject });
        if (busy) return;
        busy = true;
        setImmediate(() => void flush());
      });
      answers.set(key, answer);
    }
    return answer;
  };
}

/** Remembers the answers of `ask` by a key. */
export function remembered<A extends readonly unknown[], V>(
  keyOf: (...question: A) => string | number,
  ask: (...question: A) => Promise<V>,
): (...question: A) => Promise<V> {
  const answers = new Map<string | number, Promise<V>>();
  return (...question) => {
    const key = keyOf(...question);
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = ask(...question);
      answers.set(key, answer);
    }
    return answer;
  };
}
