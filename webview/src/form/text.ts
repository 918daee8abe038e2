/** Text, in one line or several, and numbers: whatever is typed is kept, also while it is no number yet. */
import type { Json } from '../../../common/runlog/events.ts';
import { checkOwn, exampleOf } from '../../../common/schema/index.ts';
import type { NumberField, TextField } from '../../../common/schema/index.ts';
import { element } from '../dom.ts';
import { icon } from '../icons.ts';
import type { Control, ControlOptions, FormContext, Initial } from './control.ts';

type TextElement = HTMLInputElement | HTMLTextAreaElement;

/** What an input element of a form has in common. */
export function inputAttributes(options: ControlOptions): Readonly<Record<string, string>> {
  return {
    id: options.id,
    'aria-describedby': options.describedBy,
    'aria-required': String(options.required),
    spellcheck: 'false',
    autocomplete: 'off',
  };
}

export function placeholderOf(fallback: Json | undefined, example: string | undefined): string {
  if (fallback !== undefined) {
    const text = typeof fallback === 'string' && fallback !== '' ? fallback : JSON.stringify(fallback);
    return `Default: ${text}`;
  }
  return example === undefined ? '' : `e.g. ${example}`;
}

export function createText(context: FormContext, field: TextField, options: ControlOptions, initial: Initial): Control {
  const { value } = initial;
  const lines = field.format === 'text' && field.pattern === undefined;
  const input: TextElement = lines
    ? element('textarea', { class: 'input', attributes: { ...inputAttributes(options), rows: '1' } })
    : element('input', { class: 'input', attributes: { ...inputAttributes(options), type: 'text' } });
  const placeholder = placeholderOf(field.default, exampleOf(field));
  /** An empty text that is meant, not one that is missing. */
  let empty = false;

  const mean = (meant: boolean): void => {
    empty = meant;
    input.placeholder = meant ? '(empty text)' : placeholder;
  };
  input.value = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  mean(value === '');
  input.addEventListener('input', () => {
    mean(false);
    context.changed();
  });
  if (input instanceof HTMLTextAreaElement) keepOneLine(input);

  const read = (): Json | undefined => (input.value === '' ? (empty ? '' : undefined) : input.value);
  const mayBeEmpty = field.format === 'text' && field.pattern === undefined && (field.minLength ?? 0) === 0;
  return {
    root: field.format === 'date' || field.format === 'date-time' ? withPicker(context, field.format, input) : input,
    ...leaf(input),
    read,
    check: () => issuesOf(checkOwn(field, read(), options.required)),
    ...(mayBeEmpty && {
      remedy: {
        label: 'Use an empty text',
        apply: () => {
          mean(true);
          input.focus();
          context.changed();
        },
      },
    }),
  };
}

/** Enter is for several lines only where there are several: Shift+Enter begins a second one. */
function keepOneLine(input: HTMLTextAreaElement): void {
  input.addEventListener('keydown', (event) => {
    const plain = event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && !input.value.includes('\n')) event.preventDefault();
  });
}

/** A calendar beside the text. The text is what counts: it takes every form of date that the schema allows. */
function withPicker(context: FormContext, format: 'date' | 'date-time', input: TextElement): HTMLElement {
  const picker = element('input', {
    class: 'picker',
    attributes: {
      type: format === 'date' ? 'date' : 'datetime-local',
      tabindex: '-1',
      'aria-hidden': 'true',
      ...(format === 'date-time' && { step: '1' }),
    },
  });
  picker.addEventListener('change', () => {
    if (picker.value === '') return;
    // A local time of the picker; the text says the same moment for everybody.
    input.value = format === 'date' ? picker.value : new Date(picker.value).toISOString();
    input.dispatchEvent(new Event('input', { bubbles: true }));
    context.changed();
  });
  const button = element(
    'button',
    {
      class: 'button icon-button',
      title: format === 'date' ? 'Choose a date' : 'Choose a date and time',
      attributes: { type: 'button', 'aria-label': format === 'date' ? 'Choose a date' : 'Choose a date and time' },
      on: { click: () => picker.showPicker() },
    },
    icon('sleepUntil'),
  );
  return element('div', { class: 'with-button' }, input, button, picker);
}

const numberText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export function createNumber(
  context: FormContext,
  field: NumberField,
  options: ControlOptions,
  initial: Initial,
): Control {
  const { value } = initial;
  const input = element('input', {
    class: 'input number',
    attributes: { ...inputAttributes(options), type: 'text', inputmode: field.integer ? 'numeric' : 'decimal' },
    on: { input: () => context.changed() },
  });
  input.placeholder = placeholderOf(field.default, undefined);
  input.value = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const read = (): Json | undefined => {
    const text = input.value.trim();
    if (text === '') return undefined;
    // What is no number stays a text: the check says what is wanted, and nothing that was typed is lost.
    return numberText.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
  };
  return {
    root: input,
    ...leaf(input),
    read,
    check: () => issuesOf(checkOwn(field, read(), options.required)),
  };
}

/** What every control with a single input does. */
export function leaf(input: HTMLElement): Pick<Control, 'input' | 'drafts' | 'show' | 'focus'> {
  return {
    input,
    drafts: () => [],
    show: (issues) => issues,
    focus: () => input.focus(),
  };
}

export function issuesOf(
  message: string | undefined,
): readonly { readonly path: readonly string[]; readonly message: string }[] {
  return message === undefined ? [] : [{ path: [], message }];
}
