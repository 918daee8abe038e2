/**
 * The words that all rules share, so that one thing is always called the same: a step is `price-order` as a source and
 * Step `price-order` as a subject, data is written in TypeScript notation, and everything that is code stands in backticks.
 */
import type { Difference } from '../../../common/model/flow.ts';
import { childEntries } from '../../../common/model/address.ts';
import { knownOr } from '../../../common/model/known.ts';
import { isIdentifierName } from '../../../common/model/text.ts';
import { isNamed, type FlowEntry, type WorkflowModel } from '../../../common/model/workflow.ts';

/** Longer types are cut: a message is read in a hover and in a terminal. */
const longestType = 80;

/** Text of code in backticks, cut to a readable length. */
export function code(text: string): string {
  const cut = text.length > longestType ? `${text.slice(0, longestType - 1).trimEnd()}…` : text;
  return `\`${cut}\``;
}

/** ``workflow `order` ``, or "this workflow" where neither id nor name is known. */
export function workflowName(workflow: WorkflowModel): string {
  const name = knownOr(workflow.id, workflow.name);
  return name === undefined ? 'this workflow' : `workflow ${code(name)}`;
}

/** The id of a workflow in backticks, for places where it is clear that a workflow is meant. */
export function workflowLabel(workflow: WorkflowModel): string {
  const name = knownOr(workflow.id, workflow.name);
  return name === undefined ? 'this workflow' : code(name);
}

/** An entry as the one that hands on its result: `` `validate-order` ``, `` `.map` ``. */
export function sourceName(entry: FlowEntry): string {
  switch (entry.type) {
    case 'step':
    case 'agent':
    case 'tool':
    case 'classifier':
      return entry.id.known ? code(entry.id.value) : `the previous ${entry.type}`;
    case 'workflow':
      return entry.id.known ? `workflow ${code(entry.id.value)}` : 'the previous workflow';
    case 'mapping':
      return entry.id === undefined ? '`.map`' : `map ${code(entry.id)}`;
    case 'parallel':
      return '`.parallel`';
    case 'conditional':
      return '`.branch`';
    case 'foreach':
      return '`.foreach`';
    case 'loop':
      return `\`.${entry.loopType}\``;
    case 'sleep':
    case 'sleepUntil':
      return `\`.${entry.type}\``;
    case 'opaque':
      return 'the previous step';
  }
}

/** An entry as the one that receives data, at the start of a sentence: ``Step `price-order` ``. */
export function targetName(entry: FlowEntry): string {
  if (!isNamed(entry)) return sourceName(entry);
  return entry.id.known ? `${capital(entry.type)} ${code(entry.id.value)}` : `This ${entry.type}`;
}

/** The place of a difference in the data as one writes it in code: `customer.address`, `lines[].sku`. Empty for the whole. */
export function pathText(path: readonly string[]): string {
  let text = '';
  for (const part of path) {
    if (part === '[]') text += '[]';
    else if (isIdentifierName(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

/** A needed or arriving field as TypeScript notation: `` `rate: number` ``; the bare type for the whole value. */
export function fieldText(path: readonly string[], type: string): string {
  const place = pathText(path);
  if (place === '') return code(type);
  const key = path.length === 1 && place.startsWith('["') ? place.slice(1, -1) : place;
  return code(`${key}: ${type}`);
}

/**
 * The same for the two entries whose result is keyed by step id, which authors forget: what is needed is then not missing
 * but one level down, or only there when a condition holds. Undefined where that is not the point.
 */
export function keyedText(source: FlowEntry, difference: Difference, verb: string): string | undefined {
  if (source.type !== 'parallel' && source.type !== 'conditional') return undefined;
  const method = source.type === 'parallel' ? '`.parallel`' : '`.branch`';
  const needed = fieldText(difference.path, difference.needs);
  const depth = difference.path.length;
  if (difference.kind === 'optional') {
    return depth === 1 && source.type === 'conditional'
      ? `${verb} ${needed} always, but ${method} provides it only when its condition holds.`
      : undefined;
  }
  const isWhole = difference.kind === 'type' && depth === 0;
  const isUnkeyed = difference.kind === 'missing' && depth === 1 && difference.similar === undefined;
  const ids = resultIds(source);
  if (ids.length === 0 || (!isWhole && !isUnkeyed)) return undefined;
  return `${verb} ${needed}, but ${method} provides its results by step id: ${keyList(ids)}.`;
}

function resultIds(source: FlowEntry): readonly string[] {
  return childEntries(source).flatMap((entry) => (isNamed(entry) && entry.id.known ? [entry.id.value] : []));
}

function keyList(ids: readonly string[]): string {
  const shown = ids.slice(0, 4).map(code);
  return ids.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}

/**
 * One difference in words: "needs `rate: number`, but `validate-order` does not provide it."
 * `source` is the provider as it stands in the middle of a sentence, `verb` what the receiver does ("needs", "promises").
 */
export function differenceText(difference: Difference, verb: string, source: string): string {
  const needed = fieldText(difference.path, difference.needs);
  switch (difference.kind) {
    case 'missing': {
      const hint = difference.similar === undefined ? '' : ` (did you mean ${code(difference.similar)}?)`;
      return `${verb} ${needed}, but ${source} does not provide it${hint}.`;
    }
    case 'optional':
      return `${verb} ${needed} always, but ${source} provides it only sometimes.`;
    case 'type':
      return `${verb} ${needed}, but ${source} provides ${fieldText(difference.path, difference.arrives)}.`;
  }
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
