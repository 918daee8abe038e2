/** Whether one of several conditions always holds, and whether two of them can hold at once: every case is tried. */
import { TypeFlags, type Program, type Type } from '../typescript/program.ts';
import type { Expression } from '../typescript/ast.ts';
import { formulaOf, type Comparison, type Formula, type Value } from './condition-formula.ts';

export interface Cases {
  /** `complete`: one always holds. `partial`: there are values for which none does. Undefined where that is not known. */
  readonly coverage: 'complete' | 'partial' | undefined;
  /** True when two of them certainly never hold at once. */
  readonly exclusive: boolean;
}

/** Judges the conditions of a `.branch` together. */
export async function casesOf(program: Program, conditions: readonly Expression[]): Promise<Cases> {
  const formulas = conditions.map(formulaOf);
  const atoms = formulas.flatMap(atomsOf);
  const widest = tryAll(formulas, variablesOf(atoms, anyValue));
  if (widest === undefined) return { coverage: undefined, exclusive: false };
  if (widest.covered) return { coverage: 'complete', exclusive: widest.exclusive };
  // Whether a function holds when the others do not is for its author to know.
  if (atoms.some(({ kind }) => kind === 'opaque')) return { coverage: undefined, exclusive: widest.exclusive };
  const kinds = await kindsOf(program, atoms);
  const typed = kinds === undefined ? undefined : tryAll(formulas, variablesOf(atoms, kinds));
  if (typed === undefined) return { coverage: undefined, exclusive: widest.exclusive };
  return { coverage: typed.covered ? 'complete' : 'partial', exclusive: typed.exclusive };
}

type Atom = Exclude<Formula, { kind: 'constant' | 'not' | 'and' | 'or' }>;
type ReadingAtom = Exclude<Atom, { kind: 'opaque' }>;

function atomsOf(formula: Formula): readonly Atom[] {
  switch (formula.kind) {
    case 'constant':
      return [];
    case 'not':
      return atomsOf(formula.of);
    case 'and':
    case 'or':
      return formula.parts.flatMap(atomsOf);
    case 'truthy':
    case 'compare':
    case 'opaque':
      return [formula];
  }
}

/** A value that may be tried; an object is only told from null and the like. */
type Sample = Value | SomeObject;

interface SomeObject {
  readonly is: 'an object';
}

const someObject: SomeObject = { is: 'an object' };

/** What a variable can be: literals of its type, and which open types. */
interface Kinds {
  readonly literals: readonly Value[];
  readonly strings: boolean;
  readonly numbers: boolean;
  readonly objects: boolean;
}

const everything: Kinds = { literals: [true, false, null, undefined], strings: true, numbers: true, objects: true };

const anyValue = () => everything;

/** The samples to try for every variable, with the atoms of opaque text as variables of their own. */
function variablesOf(
  atoms: readonly Atom[],
  kindsFor: (variable: string) => Kinds,
): ReadonlyMap<string, readonly Sample[]> {
  const variables = new Map<string, readonly Sample[]>();
  for (const atom of atoms) {
    if (atom.kind === 'opaque') variables.set(`opaque ${atom.text}`, [true, false]);
    else if (!variables.has(atom.variable)) {
      const values = atoms.flatMap((other) =>
        other.kind === 'compare' && other.variable === atom.variable ? [other.value] : [],
      );
      variables.set(atom.variable, samplesOf(kindsFor(atom.variable), values));
    }
  }
  return variables;
}

function samplesOf(kinds: Kinds, compared: readonly Value[]): readonly Sample[] {
  const strings = compared.filter((value) => typeof value === 'string');
  const numbers = compared.filter((value) => typeof value === 'number');
  return [
    ...new Set<Sample>([
      ...kinds.literals,
      ...(kinds.strings ? ['', ...strings, 'another text than those'] : []),
      ...(kinds.numbers ? numberSamples(numbers) : []),
      ...(kinds.objects ? [someObject] : []),
    ]),
  ];
}

/** Around every bound. Whole bounds are taken for counts, which have nothing between them and are not negative. */
function numberSamples(bounds: readonly number[]): readonly number[] {
  const step = bounds.every(Number.isInteger) ? 1 : 1e-6;
  const isSigned = bounds.some((bound) => bound < 0);
  const samples = [0, 1, ...bounds.flatMap((bound) => [bound - step, bound, bound + step])];
  return isSigned ? samples : samples.filter((sample) => sample >= 0);
}

/** Cases beyond this number are not tried: then nothing is known. */
const mostCases = 4_096;

function tryAll(
  formulas: readonly Formula[],
  variables: ReadonlyMap<string, readonly Sample[]>,
): { readonly covered: boolean; readonly exclusive: boolean } | undefined {
  const lists = [...variables];
  const count = lists.reduce((product, [, samples]) => product * samples.length, 1);
  if (count > mostCases) return undefined;
  let covered = true;
  let exclusive = true;
  for (let index = 0; index < count; index += 1) {
    const values = new Map<string, Sample>();
    let rest = index;
    for (const [variable, samples] of lists) {
      values.set(variable, samples[rest % samples.length]);
      rest = Math.floor(rest / samples.length);
    }
    const holding = formulas.filter((formula) => holds(formula, values)).length;
    if (holding === 0) covered = false;
    if (holding > 1) exclusive = false;
  }
  return { covered, exclusive };
}

function holds(formula: Formula, values: ReadonlyMap<string, Sample>): boolean {
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'not':
      return !holds(formula.of, values);
    case 'and':
      return formula.parts.every((part) => holds(part, values));
    case 'or':
      return formula.parts.some((part) => holds(part, values));
    case 'truthy':
      return Boolean(values.get(formula.variable));
    case 'compare':
      return compares(values.get(formula.variable), formula.operator, formula.value);
    case 'opaque':
      return values.get(`opaque ${formula.text}`) === true;
  }
}

function compares(sample: Sample, operator: Comparison, value: Value): boolean {
  const isNothing = (tested: Sample) => tested === null || tested === undefined;
  switch (operator) {
    case '===':
      return sample === value;
    case '!==':
      return sample !== value;
    case '==':
      return sample === value || (isNothing(sample) && isNothing(value));
    case '!=':
      return !(sample === value || (isNothing(sample) && isNothing(value)));
    case '<':
      return ordered(sample, value, (a, b) => a < b);
    case '<=':
      return ordered(sample, value, (a, b) => a <= b);
    case '>':
      return ordered(sample, value, (a, b) => a > b);
    case '>=':
      return ordered(sample, value, (a, b) => a >= b);
  }
}

function ordered(sample: Sample, value: Value, holds: (a: number, b: number) => boolean): boolean {
  return typeof sample === 'number' && typeof value === 'number' && holds(sample, value);
}

/** What each variable can be by its type; undefined where a type does not tell. */
async function kindsOf(program: Program, atoms: readonly Atom[]): Promise<((variable: string) => Kinds) | undefined> {
  const reading = atoms.filter((atom): atom is ReadingAtom => atom.kind !== 'opaque');
  const found = await Promise.all(
    reading.map(async ({ variable, node }) => {
      const type = await program.typeAt(node);
      const members = type === undefined ? [] : await program.constituents(type);
      return { variable, kinds: members.map(kindsOfMember) };
    }),
  );
  const byVariable = new Map<string, Kinds>();
  for (const { variable, kinds } of found) {
    // In `a !== 'x' && a === 'y'` the second `a` is narrowed: all its types together are what it can be.
    let merged = byVariable.get(variable) ?? nothing;
    if (kinds.length === 0) return undefined;
    for (const kind of kinds) {
      if (kind === undefined) return undefined;
      merged = {
        literals: [...merged.literals, ...kind.literals],
        strings: merged.strings || kind.strings,
        numbers: merged.numbers || kind.numbers,
        objects: merged.objects || kind.objects,
      };
    }
    byVariable.set(variable, merged);
  }
  return (variable) => byVariable.get(variable) ?? everything;
}

const nothing: Kinds = { literals: [], strings: false, numbers: false, objects: false };

function kindsOfMember(type: Type): Kinds | undefined {
  const { flags } = type;
  if ((flags & (TypeFlags.EnumLiteral | TypeFlags.Enum)) !== 0) return undefined;
  if (type.isStringLiteralType() || type.isNumberLiteralType()) return { ...nothing, literals: [type.value] };
  if ((flags & TypeFlags.BooleanLike) !== 0) return { ...nothing, literals: [true, false] };
  if ((flags & TypeFlags.Null) !== 0) return { ...nothing, literals: [null] };
  if ((flags & TypeFlags.Undefined) !== 0) return { ...nothing, literals: [undefined] };
  if ((flags & TypeFlags.String) !== 0) return { ...nothing, strings: true };
  if ((flags & TypeFlags.Number) !== 0) return { ...nothing, numbers: true };
  return type.isObjectType() ? { ...nothing, objects: true } : undefined;
}
