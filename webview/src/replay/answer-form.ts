/** The answer to a suspended step as a form in its details, made of the parts of the input form. */
import type { AnswerIssue, AnswerQuestion } from '../../../common/protocol/answer.ts';
import type { FormIssue, FormSection } from '../../../common/protocol/form.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { element, replaceChildren } from '../dom.ts';
import { createContext } from '../form/context.ts';
import { createSection } from '../form/section.ts';
import type { SectionView } from '../form/section.ts';
import { stillTrue, together } from '../form/values.ts';
import { icon } from '../icons.ts';

export interface AnswerForm {
  readonly root: HTMLElement;
  /** Shows a question, with what was filled in already when it is the same; undefined when nothing is asked. */
  ask(question: AnswerQuestion | undefined): void;
  /** What the workflow says of the answer that was sent. */
  refuse(issues: readonly AnswerIssue[]): void;
  focus(): void;
}

export interface AnswerFormEvents {
  readonly onAnswer: (value: Json) => void;
  readonly onCancel: () => void;
  readonly announce: (text: string) => void;
}

export function createAnswerForm({ onAnswer, onCancel, announce }: AnswerFormEvents): AnswerForm {
  const title = element('h3', { attributes: { id: 'form-title' } });
  const fields = element('div', { class: 'fields-area' });
  const label = element('span', {});
  const submit = element('button', { class: 'button primary', attributes: { type: 'submit' } }, icon('resume'), label);
  const cancel = element(
    'button',
    { class: 'button secondary', attributes: { type: 'button' }, on: { click: onCancel } },
    'Cancel',
  );
  const root = element(
    'form',
    { class: 'answer-form', attributes: { 'aria-labelledby': 'form-title', novalidate: '' } },
    title,
    fields,
    element('div', { class: 'answer-buttons' }, submit, cancel),
  );
  root.hidden = true;
  let asked: AnswerQuestion | undefined;
  let view: SectionView | undefined;
  let remote: { readonly issues: readonly FormIssue[]; readonly value: Json | undefined } = {
    issues: [],
    value: undefined,
  };
  /** After it was sent once, everything that is missing is said. */
  let showAll = false;

  const valuesOf = (value: Json | undefined) => (value === undefined ? {} : { value });

  const showIssues = (): void => {
    if (view === undefined) return;
    const told = stillTrue(remote.issues, valuesOf(remote.value), valuesOf(view.read()));
    view.show(together(view.check(), told), showAll);
  };

  const point = (issues: readonly FormIssue[]): void => {
    showAll = true;
    showIssues();
    view?.focus(issues[0]?.path ?? []);
    announce(issues.length === 1 ? 'One field does not fit yet.' : `${issues.length} fields do not fit yet.`);
  };

  const send = (): void => {
    if (view === undefined || submit.disabled) return;
    const wrong = view.check();
    if (wrong.length > 0) {
      point(wrong);
      return;
    }
    const value = view.read() ?? {};
    remote = { issues: [], value };
    rest(true);
    onAnswer(value);
  };

  const rest = (checking: boolean): void => {
    submit.disabled = checking;
    fields.inert = checking;
    label.textContent = checking ? 'Checking…' : (asked?.submitLabel ?? '');
  };

  root.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  root.addEventListener('keydown', (event) => {
    // Keys of the drawing and of the page are none of the form's.
    event.stopPropagation();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
    else if (event.key === 'Escape' && !event.isComposing) onCancel();
    else return;
    event.preventDefault();
  });

  return {
    root,
    ask(question) {
      const isSame = question?.number === asked?.number;
      asked = question;
      root.hidden = question === undefined;
      if (isSame) return;
      showAll = false;
      remote = { issues: [], value: undefined };
      view = undefined;
      if (question === undefined) {
        replaceChildren(fields);
        return;
      }
      const { schema, description, remembered } = question;
      const section: FormSection = { id: 'value', title: 'Answer', description, schema, required: true };
      view = createSection(createContext(showIssues), section, { value: remembered, drafts: [] }, true);
      title.textContent = question.title;
      replaceChildren(fields, view.root);
      rest(false);
      showIssues();
    },
    refuse(issues) {
      rest(false);
      const told = issues.map(({ path, message }): FormIssue => ({ section: 'value', path, message }));
      remote = { ...remote, issues: told };
      point(told);
    },
    focus() {
      view?.focus([]);
      // What is asked is read before the first field is filled in.
      title.scrollIntoView({ block: 'nearest' });
    },
  };
}
