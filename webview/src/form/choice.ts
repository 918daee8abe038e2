/** One of given values: buttons for a few, a list for more, a list to search in for very many. */
import type { Json } from '../../../common/runlog/events.ts';
import { checkOwn, equalJson } from '../../../common/schema/index.ts';
import type { ChoiceField } from '../../../common/schema/index.ts';
import { element } from '../dom.ts';
import type { Control, ControlOptions, FormContext, Initial } from './control.ts';
import { inputAttributes, issuesOf, leaf, placeholderOf } from './text.ts';

/** An option that may be chosen; without a value it leaves the field out. */
export interface Option {
  readonly label: string;
  readonly description?: string | undefined;
}

const fewOptions = 5;
const fewCharacters = 48;
const manyOptions = 60;

/** True when all options are seen at once without taking much room. */
export function areFew(options: readonly Option[]): boolean {
  return options.length <= fewOptions && options.reduce((sum, { label }) => sum + label.length, 0) <= fewCharacters;
}

export function createChoice(
  context: FormContext,
  field: ChoiceField,
  options: ControlOptions,
  initial: Initial,
): Control {
  const { choices } = field;
  const chosen = choices.findIndex(({ value }) => equalJson(value, initial.value));
  if (choices.length > manyOptions) return createSearch(context, field, options, initial);
  const none: Option | undefined = options.required ? undefined : { label: noneLabel(field) };
  // A value that is not among the choices is kept until another is chosen: the check says so.
  let odd = chosen === -1 ? initial.value : undefined;
  const all = none === undefined ? choices : [none, ...choices];
  const shift = none === undefined ? 0 : 1;
  const selector = createSelector(all, chosen === -1 ? (none === undefined ? -1 : 0) : chosen + shift, options, () => {
    odd = undefined;
    context.changed();
  });
  const read = (): Json | undefined => odd ?? choices[selector.index() - shift]?.value;
  return {
    ...selector.control,
    read,
    check: () => issuesOf(checkOwn(field, read(), options.required)),
  };
}

function noneLabel(field: ChoiceField): string {
  if (field.default === undefined) return 'Not set';
  const known = field.choices.find(({ value }) => equalJson(value, field.default));
  return `Default (${known?.label ?? JSON.stringify(field.default)})`;
}

export interface Selector {
  readonly control: Pick<Control, 'root' | 'input' | 'drafts' | 'show' | 'focus'>;
  /** -1 while nothing is chosen. */
  index(): number;
}

export function createSelector(
  all: readonly Option[],
  chosen: number,
  options: ControlOptions,
  onChange: (index: number) => void,
): Selector {
  return areFew(all) ? createRadios(all, chosen, options, onChange) : createSelect(all, chosen, options, onChange);
}

function createRadios(
  all: readonly Option[],
  chosen: number,
  options: ControlOptions,
  onChange: (index: number) => void,
): Selector {
  let current = chosen;
  const inputs = all.map((_, index) =>
    element('input', {
      attributes: {
        type: 'radio',
        name: options.id,
        id: `${options.id}-${index}`,
        ...(index === chosen && { checked: '' }),
      },
      on: {
        change: () => {
          current = index;
          onChange(index);
        },
      },
    }),
  );
  const root = element(
    'div',
    {
      class: 'radios',
      attributes: {
        role: 'radiogroup',
        id: options.id,
        'aria-labelledby': options.labelId,
        'aria-describedby': options.describedBy,
        'aria-required': String(options.required),
      },
    },
    ...all.map(({ label, description }, index) =>
      element('label', { class: 'radio', title: description }, inputs[index], element('span', {}, label)),
    ),
  );
  return {
    index: () => current,
    control: {
      ...leaf(root),
      root,
      focus: () => (inputs[Math.max(0, current)] ?? root).focus(),
    },
  };
}

function createSelect(
  all: readonly Option[],
  chosen: number,
  options: ControlOptions,
  onChange: (index: number) => void,
): Selector {
  const { id, describedBy, required } = options;
  const select = element(
    'select',
    {
      class: 'input',
      attributes: { id, 'aria-describedby': describedBy, 'aria-required': String(required) },
      on: { change: () => onChange(index()) },
    },
    chosen === -1 && element('option', { attributes: { value: '-1', disabled: '', selected: '' } }, 'Choose…'),
    ...all.map(({ label, description }, position) =>
      element(
        'option',
        {
          title: description,
          attributes: { value: String(position), ...(position === chosen && { selected: '' }) },
        },
        label,
      ),
    ),
  );
  const index = (): number => Number(select.value);
  return { index, control: { ...leaf(select), root: select } };
}

/** Hundreds of choices: type a part of one, and take it from the list. */
function createSearch(context: FormContext, field: ChoiceField, options: ControlOptions, initial: Initial): Control {
  const listId = `${options.id}-list`;
  const labels = new Map(field.choices.map(({ label, value }) => [label, value]));
  const input = element('input', {
    class: 'input',
    attributes: { ...inputAttributes(options), type: 'text', list: listId },
    on: { input: () => context.changed() },
  });
  const known = field.choices.find(({ value }) => equalJson(value, initial.value));
  input.value = known?.label ?? (typeof initial.value === 'string' ? initial.value : '');
  input.placeholder =
    field.default === undefined
      ? `Type to search ${field.choices.length} choices`
      : placeholderOf(field.default, undefined);
  const read = (): Json | undefined => {
    const text = input.value.trim();
    return text === '' ? undefined : (labels.get(text) ?? text);
  };
  const list = element(
    'datalist',
    { attributes: { id: listId } },
    ...field.choices.map(({ label }) => element('option', { attributes: { value: label } })),
  );
  return {
    ...leaf(input),
    root: element('div', { class: 'search' }, input, list),
    read,
    check: () => issuesOf(checkOwn(field, read(), options.required)),
  };
}
