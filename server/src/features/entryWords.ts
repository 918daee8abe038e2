/** What the entries of a chain are called where a person reads of them. */
import { knownOr, type FlowEntry, type FlowEntryType } from '../../../common/model/index.ts';

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
  switch (entry.type) {
    case 'step':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
      return knownOr(entry.id, entry.node);
    case 'mapping':
    case 'parallel':
    case 'conditional':
    case 'foreach':
    case 'sleep':
    case 'sleepUntil':
      return entry.id ?? entry.node;
    case 'loop':
      return entry.id ?? entry.loopType;
    case 'opaque':
      return entry.node;
  }
}
