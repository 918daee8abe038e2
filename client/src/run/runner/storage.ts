/** Where a suspended run is kept while it waits. */
import type { ProjectExports } from './find.ts';
import { isMastra, isRecord } from './mastra.ts';
import type { MastraLike, WorkflowLike } from './mastra.ts';

/** True when a suspended run outlives this process: the instance stores runs, and not in memory. */
export async function isDurable(mastra: MastraLike | undefined): Promise<boolean> {
  try {
    const storage = mastra?.getStorage?.();
    if (!isRecord(storage)) return false;
    const store = typeof storage['getStore'] === 'function' ? await storeOf(storage) : storage;
    return store !== undefined && !inMemory(storage) && !inMemory(store) && !(await isSqliteInMemory(storage));
  } catch {
    return false;
  }
}

async function storeOf(storage: Readonly<Record<string, unknown>>): Promise<unknown> {
  const getStore = storage['getStore'] as (this: unknown, domain: string) => unknown;
  return await getStore.call(storage, 'workflows');
}

/** By the names of Mastra's own classes. */
function inMemory(store: unknown): boolean {
  return isRecord(store) && typeof store.constructor === 'function' && store.constructor.name.includes('InMemory');
}

/** LibSQL does not tell its address: the database itself names the file that it lies in, or none. */
async function isSqliteInMemory(storage: Readonly<Record<string, unknown>>): Promise<boolean> {
  const { isLocalDb, client } = storage;
  if (isLocalDb !== true || !isRecord(client) || typeof client['execute'] !== 'function') return false;
  const execute = client['execute'] as (this: unknown, statement: string) => unknown;
  const answer = await execute.call(client, 'PRAGMA database_list');
  const rows = isRecord(answer) ? answer['rows'] : undefined;
  return Array.isArray(rows) && rows.some((row) => isRecord(row) && row['name'] === 'main' && row['file'] === '');
}

/**
 * A workflow without a Mastra instance could not be resumed: suspended runs are kept in its storage. It gets an instance of its own
 * that stores in memory and registers nothing. Undefined when this version of @mastra/core cannot do that.
 */
export async function lendMastra(project: ProjectExports, workflow: WorkflowLike): Promise<MastraLike | undefined> {
  try {
    const [core, storages] = await Promise.all([project.loadMastra?.(), project.loadStorage?.()]);
    const Mastra = isRecord(core) ? core['Mastra'] : undefined;
    const InMemoryStore = isRecord(storages) ? storages['InMemoryStore'] : undefined;
    if (!isClass(Mastra) || !isClass(InMemoryStore)) return undefined;
    const mastra = new Mastra({ storage: new InMemoryStore(), logger: false });
    if (!isMastra(mastra)) return undefined;
    workflow.__registerMastra?.(mastra);
    return mastra;
  } catch {
    return undefined;
  }
}

function isClass(value: unknown): value is new (options?: object) => unknown {
  return typeof value === 'function';
}
