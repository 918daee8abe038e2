/** JSON text, for what has no field of its own; and values that are what they are. */
import type { Json } from '../../../common/runlog/events.ts';
import { checkValue } from '../../../common/schema/index.ts';
import type { ConstantField, Field, ValueIssue } from '../../../common/schema/index.ts';
import { element } from '../dom.ts';
import type { Control, ControlOptions, FormContext, Initial } from './control.ts';
import { inputAttributes, leaf, placeholderOf } from './text.ts';

type Parsed = { readonly value: Json | undefined } | { readonly broken: string };

/** For any field: what it is made of is given as JSON. */
export function createJson(context: FormContext, field: Field, options: ControlOptions, initial: Initial): Control {
  const draft = initial.drafts.find(({ path }) => path.length === 0);
  const input = element('textarea', {
    class: 'input json',
    attributes: { ...inputAttributes(options), rows: '2' },
    on: { input: () => context.changed() },
  });
  input.value = draft?.text ?? (initial.value === undefined ? '' : JSON.stringify(initial.value, null, 2));
  input.placeholder = placeholderOf(field.default, exampleFor(field));
  const parse = (): Parsed => {
    const text = input.value.trim();
    if (text === '') return { value: undefined };
    try {
      return { value: JSON.parse(text) as Json };
    } catch (error) {
      return { broken: error instanceof Error ? error.message : String(error) };
    }
  };
  const read = (): Json | undefined => {
    const parsed = parse();
    return 'broken' in parsed ? undefined : parsed.value;
  };
  return {
    ...leaf(input),
    root: input,
    read,
    check(): readonly ValueIssue[] {
      const parsed = parse();
      if ('broken' in parsed) return [{ path: [], message: `Not JSON: ${parsed.broken}` }];
      return checkValue(field, parsed.value, options.required);
    },
    drafts: () => ('broken' in parse() ? [{ path: [], text: input.value }] : []),
  };
}

function exampleFor(field: Field): string | undefined {
  if (field.kind === 'json') return field.object ? '{ "name": "value" }' : undefined;
  return field.kind === 'list' ? '[ … ]' : undefined;
}

/** A value that the schema fixes: shown, not asked for. */
export function createConstant(field: ConstantField, options: ControlOptions): Control {
  const root = element(
    'output',
    { class: 'constant', attributes: { id: options.id, tabindex: '-1' } },
    JSON.stringify(field.value),
  );
  return { ...leaf(root), root, read: () => field.value, check: () => [] };
}
