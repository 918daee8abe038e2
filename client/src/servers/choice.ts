/** Which server runs of a folder go to: remembered by workspace, one for each folder. */
import type * as vscode from 'vscode';
import { embeddedServerId } from '../run/embedded.ts';

export interface Choices {
  /** Id of the chosen server; Embedded when none was chosen. `folder` is absolute. */
  get(folder: string): string;
  set(folder: string, id: string): Promise<void>;
}

const key = 'mastra.servers.chosen';

export function createChoices(memory: Pick<vscode.Memento, 'get' | 'update'>): Choices {
  const read = (): Readonly<Record<string, unknown>> => {
    const value = memory.get<unknown>(key);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  };
  return {
    get(folder) {
      const id = read()[folder];
      return typeof id === 'string' ? id : embeddedServerId;
    },
    async set(folder, id) {
      const others = Object.entries(read()).filter(([name]) => name !== folder);
      await memory.update(key, Object.fromEntries(id === embeddedServerId ? others : [...others, [folder, id]]));
    },
  };
}
