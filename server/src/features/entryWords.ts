/** What the entries of a chain are called where a person reads of them. */
import { writtenId, type FlowEntry, type FlowEntryType } from '../../../common/model/index.ts';

/** The kind of an entry in one word. */
export const entryKind: Readonly<Record<FlowEntryType, string>> = {
  step: 'step',
  mapping: 'mapping',
  parallel: 'parallel',
  conditional: 'branch',
  loop: 'loop',
  foreach: 'foreach',
  sleep: 'sleep',
  sleepUntil: 'sleep',
  workflow: 'workflow',
  agent: 'agent',
  tool: 'tool',
  classifier: 'classifier',
  opaque: 'unknown',
};

/** The entry's own id, where it has one that is known; else its name among its siblings. */
export function entryName(entry: FlowEntry): string {
  return writtenId(entry) ?? (entry.type === 'loop' ? entry.loopType : entry.node);
}
