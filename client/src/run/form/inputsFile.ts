/** The file of saved inputs as text: `{ "<workflow>": { "<name>": { "input": …, "state": …, "requestContext": … } } }`. No effects. */
import { applyEdits, getNodeValue, modify, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Edit, JSONPath, Node, ParseError } from 'jsonc-parser';
import type { FormValues } from '../../../../common/protocol/form.ts';
import { equalJson, isObject } from '../../../../common/schema/index.ts';
import type { Json } from '../../../../common/runlog/events.ts';
import { toJson } from '../../../../common/runlog/json.ts';
import { parseValues } from './messages.ts';

export interface SavedInput {
  readonly name: string;
  readonly values: FormValues;
}

export type InputsFile =
  | { readonly kind: 'inputs'; readonly root: Node | undefined }
  /** `line` from 1. */
  | { readonly kind: 'broken'; readonly reason: string; readonly line: number };

/** Comments and commas at the end are allowed. An empty file is one without inputs. */
export function parseInputsFile(text: string): InputsFile {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    return { kind: 'broken', reason: wordsOf(printParseErrorCode(first.error)), line };
  }
  if (root !== undefined && root.type !== 'object') return { kind: 'broken', reason: 'it must be an object', line: 1 };
  const odd = (root?.children ?? []).find(
    ({ children }) => children?.[1] !== undefined && children[1].type !== 'object',
  );
  if (odd === undefined) return { kind: 'inputs', root };
  const line = text.slice(0, odd.offset).split('\n').length;
  return { kind: 'broken', reason: `${String(odd.children?.[0]?.value)} must be an object of named inputs`, line };
}

/** `CommaExpected` as `comma expected`. */
function wordsOf(code: string): string {
  return code.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}

/** The inputs of a workflow in the order of the file; what is no input (a note of the author's) is left out. */
export function savedInputs(file: InputsFile, workflow: string): readonly SavedInput[] {
  if (file.kind === 'broken' || file.root === undefined) return [];
  const all = toJson(getNodeValue(file.root), unlimited);
  const own = isObject(all) && Object.hasOwn(all, workflow) ? all[workflow] : undefined;
  if (!isObject(own)) return [];
  return Object.entries(own).flatMap(([name, entry]) => {
    const values = isObject(entry) ? parseValues(entry) : undefined;
    return values === undefined ? [] : [{ name, values }];
  });
}

const unlimited = { characters: Infinity, string: Infinity, depth: 1000 };

/**
 * What to change in `text` so that the workflow has this input under the name; undefined takes it out. New names are put in
 * alphabetical order among the others; whatever else is in the file stays as it is.
 */
export function editInput(
  text: string,
  workflow: string,
  name: string,
  values: FormValues | undefined,
): readonly Edit[] {
  const file = parseInputsFile(text);
  const names = savedInputs(file, workflow).map((saved) => saved.name);
  const last = values === undefined && names.length === 1 && names[0] === name && isOnly(file, workflow);
  /** Else the workflow is what is inserted, with the input in it. */
  const known = entryOf(file, workflow) !== undefined;
  const path: JSONPath = last ? [workflow] : [workflow, name];
  // A text without content has nothing that could be edited.
  const before = text.trim() === '' ? '{}' : text;
  const edits = modify(before, path, values === undefined ? undefined : inOrder(values), {
    formattingOptions: { ...indentationOf(text), insertFinalNewline: true, eol: text.includes('\r\n') ? '\r\n' : '\n' },
    getInsertionIndex: (properties) => {
      const index = properties.findIndex((other) => other > (known ? name : workflow));
      return index === -1 ? properties.length : index;
    },
  });
  return text.trim() === ''
    ? [{ offset: 0, length: text.length, content: `${applyEdits(before, edits).trimEnd()}\n` }]
    : edits;
}

export function withEdits(text: string, edits: readonly Edit[]): string {
  return applyEdits(text, [...edits]);
}

/** True when nothing but one input is under the workflow, not even a note. */
function isOnly(file: InputsFile, workflow: string): boolean {
  return entryOf(file, workflow)?.children?.length === 1;
}

/** What stands under the id of a workflow. */
function entryOf(file: InputsFile, workflow: string): Node | undefined {
  if (file.kind === 'broken') return undefined;
  const own = file.root?.children?.find(({ children }) => children?.[0]?.value === workflow);
  return own?.children?.[1];
}

/** Always the same order, whatever was filled in first. */
function inOrder({ input, state, requestContext, value }: FormValues): FormValues {
  return {
    ...(input !== undefined && { input }),
    ...(state !== undefined && { state }),
    ...(requestContext !== undefined && { requestContext }),
    ...(value !== undefined && { value }),
  };
}

/** As the first line that is indented has it; two spaces without one. */
function indentationOf(text: string): { readonly insertSpaces: boolean; readonly tabSize: number } {
  const indentation = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return indentation.startsWith('\t')
    ? { insertSpaces: false, tabSize: 1 }
    : { insertSpaces: true, tabSize: indentation.length };
}

export function sameValues(left: FormValues, right: FormValues): boolean {
  const plain = (values: FormValues): Json => Object.fromEntries(Object.entries(values));
  return equalJson(plain(left), plain(right));
}
