/** One sentence per mistake in what a mapping reads: what is not there, and what happens then. */
import type { MappingRead, ReadOutcome } from '../../../../common/model/mapping.ts';
import { capital, code, pathText } from '../wording.ts';

type Missing = Extract<ReadOutcome, { readonly kind: 'missing' }>;
type NoObject = Extract<ReadOutcome, { readonly kind: 'no-object' }>;

const fails = 'so `.map` throws and the run fails.';
const refused = 'so `.map` throws when the workflow is built.';

export function missingField(read: MappingRead, { index, similar }: Missing): string {
  const isLast = index === read.keys.length - 1;
  const consequence = isLast
    ? read.form === 'template'
      ? 'so nothing stands in its place.'
      : `so ${code(read.field)} is \`undefined\`.`
    : fails;
  return `${code(pathTo(read, index + 1))} is not in ${sourceText(read)}${hint(similar)}, ${consequence}`;
}

export function noObject(read: MappingRead, { index, type }: NoObject): string {
  const key = code(read.keys[index]?.name ?? '');
  const holder = index === 0 ? capital(sourceText(read)) : `${code(pathTo(read, index))} in ${sourceText(read)}`;
  return `${holder} is ${code(type)}, of which ${key} cannot be read, ${fails}`;
}

export function absentStep(read: MappingRead, id: string, similar: string | undefined, throws: boolean): string {
  const consequence = throws ? fails : `so ${code(read.field)} is \`null\`.`;
  return `No step ${code(id)} runs before this \`.map\`${hint(similar)}, ${consequence}`;
}

export function unknownScope(name: string, similar: string | undefined): string {
  const known = ' (there are `inputData`, `initData`, `state`, `requestContext` and `stepResults`)';
  return `${code(name)} is no scope of a template${similar === undefined ? known : hint(similar)}, ${refused}`;
}

export function refusedPlaceholder(problem: 'empty' | 'spaces' | 'no-step' | 'no-key'): string {
  switch (problem) {
    case 'empty':
      return `This placeholder is empty, ${refused}`;
    case 'spaces':
      return `This placeholder has spaces inside its braces, ${refused}`;
    case 'no-step':
      return `This placeholder does not say which step's result it takes (\`stepResults.<step id>\`), ${refused}`;
    case 'no-key':
      return `This placeholder does not say which value it takes (\`requestContext.<key>\`), ${refused}`;
  }
}

function hint(similar: string | undefined): string {
  return similar === undefined ? '' : ` (did you mean ${code(similar)}?)`;
}

function pathTo(read: MappingRead, count: number): string {
  return pathText(read.keys.slice(0, count).map(({ name }) => name));
}

/** What is read from, as it stands in the middle of a sentence. */
function sourceText({ source }: MappingRead): string {
  switch (source.kind) {
    case 'step':
      return source.id.known ? `the output of ${code(source.id.value)}` : 'the output of the step';
    case 'steps':
      return 'the output of any of the steps';
    case 'initData':
      return "the workflow's input";
    case 'inputData':
      return 'what arrives at this `.map`';
    case 'state':
      return "the workflow's state";
    case 'requestContext':
      return "the workflow's request context";
    case 'scope':
    case 'malformed':
    case 'spaced':
      return 'the placeholder';
  }
}
