/** What comes in from the page of a comparison: checked here, trusted after. */
import type { ComparedRuns, CompareToHost, RunSide } from '../../../common/protocol/compare.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Undefined for anything that is not a message of ours. */
export function parseCompareMessage(message: unknown): CompareToHost | undefined {
  if (!isFields(message)) return undefined;
  const { type, protocol, row, side, text } = message;
  switch (type) {
    case 'ready':
      return typeof protocol === 'number' ? { type, protocol } : undefined;
    case 'values':
    case 'source':
      return typeof row === 'string' ? { type, row } : undefined;
    case 'graph':
      return isSide(side) && (row === undefined || typeof row === 'string') ? { type, side, row } : undefined;
    case 'choose':
      return isSide(side) ? { type, side } : undefined;
    case 'swap':
      return { type };
    case 'copy':
      return typeof text === 'string' ? { type, text } : undefined;
    default:
      return undefined;
  }
}

/** Undefined for a state that another version of the extension wrote. */
export function parseSavedRuns(state: unknown): ComparedRuns | undefined {
  if (!isFields(state)) return undefined;
  const { left, right } = state;
  return typeof left === 'string' && typeof right === 'string' ? { left, right } : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isSide(value: unknown): value is RunSide {
  return value === 'left' || value === 'right';
}
