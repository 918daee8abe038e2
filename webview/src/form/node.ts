/** A control with what stands around it: its name, whether it is required, what it is for, and what is wrong with it. */
import type { Json } from '../../../common/runlog/events.ts';
import { checkOwn, hintOf } from '../../../common/schema/index.ts';
import type { Field, ValueIssue } from '../../../common/schema/index.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import { icon } from '../icons.ts';
import type { Control, FieldNode, FormContext, Initial, NodeOptions } from './control.ts';
import { issuesOf } from './text.ts';

const nothing: Initial = { value: undefined, drafts: [] };

export function createNode(context: FormContext, field: Field, options: NodeOptions, initial: Initial): FieldNode {
  const id = context.id();
  const [labelId, helpId, issueId] = [`${id}-label`, `${id}-help`, `${id}-issue`];
  const { required, bare = false } = options;
  /** Objects and lists that may be left out are added and removed as a whole. */
  const removable = !required && (field.kind === 'object' || field.kind === 'list');
  let control: Control | undefined;
  /** The author has been here: what is wrong is said from now on. */
  let touched = false;

  const head = element('div', { class: 'field-head' });
  const help = element('p', { class: 'help', attributes: { id: helpId } }, helpOf(field));
  const body = element('div', { class: 'field-body' });
  const issue = element('p', { class: 'issue', attributes: { id: issueId } });
  const root = element('div', { class: bare ? 'field bare' : 'field' }, head, help, body, issue);
  help.hidden = help.textContent === '';
  issue.hidden = true;
  root.addEventListener('focusout', (event) => {
    const inside = event.relatedTarget instanceof Node && root.contains(event.relatedTarget);
    if (inside || !document.hasFocus()) return;
    touched = true;
    context.changed();
  });
  // Before the control hears of it and asks for what is wrong now.
  const mark = (): void => {
    if (control?.input !== undefined) touched = true;
  };
  root.addEventListener('input', mark, { capture: true });

  const fill = (start: Initial): void => {
    control = context.control(
      field,
      { id, labelId, describedBy: `${helpId} ${issueId}`, label: options.label, required },
      start,
    );
    replaceChildren(body, control.root);
    drawHead();
  };
  const clear = (): void => {
    control = undefined;
    replaceChildren(body);
    drawHead();
  };

  const drawHead = (): void => {
    const isGroup = control === undefined || control.input === undefined;
    const labelled = control?.input instanceof HTMLElement && isLabelable(control.input);
    const text = options.name ?? options.label;
    // The heading of a section, or the choice of a variant, is the name for those who see it.
    const hidden = bare || options.before !== undefined;
    const shape = { class: hidden ? 'visually-hidden' : 'name', attributes: { id: labelId } };
    const name = labelled
      ? element('label', { ...shape, attributes: { ...shape.attributes, for: id } }, text)
      : element('span', shape, text);
    replaceChildren(
      head,
      options.before,
      name,
      !hidden &&
        options.name === undefined &&
        required &&
        element('span', { class: 'required', attributes: { 'aria-hidden': 'true' } }, '*'),
      !bare &&
        !required &&
        element('span', { class: 'optional' }, field.default === undefined ? 'optional' : 'default'),
      removable &&
        control === undefined &&
        field.default !== undefined &&
        element('code', { class: 'default-value' }, JSON.stringify(field.default)),
      removable && toggle(),
      options.actions,
    );
    head.classList.toggle('quiet', bare);
    root.classList.toggle('fixed', field.kind === 'constant' && required);
    root.classList.toggle('group', isGroup && !bare);
    setAttributes(root, {
      role: isGroup && !bare ? 'group' : undefined,
      'aria-labelledby': isGroup && !bare ? labelId : undefined,
      'aria-describedby': isGroup && !bare ? `${helpId} ${issueId}` : undefined,
    });
  };

  const toggle = (): HTMLElement => {
    const present = control !== undefined;
    const words = present ? 'Remove' : field.default === undefined ? 'Add' : 'Change';
    return element(
      'button',
      {
        class: 'button secondary small',
        attributes: { type: 'button', 'aria-label': `${words} ${options.label}` },
        on: {
          click: () => {
            if (present) clear();
            else fill({ ...nothing, value: field.default });
            if (present) head.querySelector('button')?.focus();
            else control?.focus([]);
            context.changed();
          },
        },
      },
      icon(present ? 'close' : 'zoomIn'),
      words,
    );
  };

  const read = (): Json | undefined => control?.read();
  const check = (): readonly ValueIssue[] =>
    control === undefined ? issuesOf(checkOwn(field, undefined, required)) : control.check();

  const show = (issues: readonly ValueIssue[], all: boolean): void => {
    const own = control === undefined ? issues : control.show(issues, all);
    const isLeaf = control?.input !== undefined || control === undefined;
    // An object has nothing to be touched but its parts; what is wrong with it as a whole is new to the author anyway.
    const shown = all || touched || !isLeaf ? own : [];
    const [first] = shown;
    const text = shown.map(sentenceOf).join(' ');
    setAttributes(control?.input ?? root, {
      'aria-invalid': control?.input === undefined ? undefined : String(first !== undefined),
    });
    root.classList.toggle('wrong', first !== undefined);
    if (issue.dataset['text'] === text) return;
    issue.dataset['text'] = text;
    issue.hidden = first === undefined;
    const remedy = read() === undefined && required ? control?.remedy : undefined;
    replaceChildren(
      issue,
      first !== undefined && icon('error'),
      element('span', {}, text),
      first !== undefined &&
        remedy !== undefined &&
        element(
          'button',
          { class: 'button link small', attributes: { type: 'button' }, on: { click: () => remedy.apply() } },
          remedy.label,
        ),
    );
  };

  if (!removable || initial.value !== undefined || initial.drafts.length > 0) fill(initial);
  else clear();
  return {
    root,
    read,
    check,
    drafts: () => control?.drafts() ?? [],
    show,
    focus(path) {
      if (control === undefined) head.querySelector('button')?.focus();
      else control.focus(path);
    },
  };
}

function isLabelable(target: HTMLElement): boolean {
  return ['INPUT', 'TEXTAREA', 'SELECT', 'OUTPUT'].includes(target.tagName);
}

function helpOf(field: Field): string {
  const description = field.description ?? field.title;
  const hint = hintOf(field);
  if (description === undefined) return hint ?? '';
  return hint === undefined ? description : `${description} · ${hint}`;
}

/** What belongs to a part that has no field of its own is said with the way there. */
function sentenceOf({ path, message }: ValueIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
