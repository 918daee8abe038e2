/** Makes the control of each kind of field. */
import type { Json } from '../../../common/runlog/events.ts';
import type { ChoiceField, Field } from '../../../common/schema/index.ts';
import { isList, isObject } from '../../../common/schema/index.ts';
import { createChoice } from './choice.ts';
import type { Control, ControlOptions, FormContext, Initial } from './control.ts';
import { createConstant, createJson } from './json.ts';
import { createList } from './list.ts';
import { createNode } from './node.ts';
import { createObject } from './object.ts';
import { createNumber, createText } from './text.ts';
import { createUnion } from './union.ts';

/** A form with more controls than this helps nobody, and a schema may ask for millions: the rest is JSON. */
const maxControls = 2000;
/** More items than this are pasted, not filled in. */
const maxItems = 100;

export function createContext(changed: () => void): FormContext {
  let ids = 0;
  let controls = 0;
  const context: FormContext = {
    changed,
    id: () => `field-${(ids += 1)}`,
    node: (field, options, initial) => createNode(context, field, options, initial),
    control(field, options, initial) {
      controls += 1;
      const asJson = controls > maxControls || !isShown(field, initial.value);
      return asJson ? createJson(context, field, options, initial) : controlOf(context, field, options, initial);
    },
  };
  return context;
}

/** A group that holds something else, or more than can be shown, is given as JSON: nothing of it is lost. */
function isShown(field: Field, value: Json | undefined): boolean {
  if (value === undefined) return true;
  if (field.kind === 'object') return isObject(value);
  return field.kind !== 'list' || (isList(value) && value.length <= maxItems);
}

function controlOf(context: FormContext, field: Field, options: ControlOptions, initial: Initial): Control {
  switch (field.kind) {
    case 'text':
      return createText(context, field, options, initial);
    case 'number':
      return createNumber(context, field, options, initial);
    case 'choice':
      return createChoice(context, field, options, initial);
    case 'constant': {
      if (options.required) return createConstant(field, options);
      const { value } = field;
      const only: ChoiceField = {
        ...field,
        kind: 'choice',
        choices: [{ value, label: JSON.stringify(value), description: undefined }],
      };
      return createChoice(context, only, options, initial);
    }
    case 'object':
      return createObject(context, field, initial);
    case 'list':
      return createList(context, field, options.label, initial);
    case 'union':
      return createUnion(context, field, options, initial);
    case 'json':
      return createJson(context, field, options, initial);
  }
}
