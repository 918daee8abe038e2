import type { Arrangement, ModelNode } from '../protocol/graph.ts';

/** How a node of this kind arranges what it holds; one that holds nothing is a `leaf` whatever its kind. */
export function arrangementOf(kind: ModelNode['kind']): Arrangement {
  switch (kind) {
    case 'parallel':
    case 'conditional':
      return 'row';
    case 'loop':
    case 'foreach':
      return kind;
    case 'workflow':
      return 'sequence';
    case 'step':
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'opaque':
    case 'start':
    case 'end':
      return 'leaf';
  }
}
