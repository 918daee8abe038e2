/** One value that is asked for: always open when it is required, else behind its heading. */
import type { FormDraft, FormSection, FormIssue } from '../../../common/protocol/form.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { fieldOf, isObject } from '../../../common/schema/index.ts';
import { element } from '../dom.ts';
import type { FormContext, Initial } from './control.ts';

export interface SectionView {
  readonly section: FormSection;
  readonly root: HTMLElement;
  read(): Json | undefined;
  check(): readonly FormIssue[];
  drafts(): readonly FormDraft[];
  show(issues: readonly FormIssue[], all: boolean): void;
  focus(path: readonly string[]): void;
}

/** `alone` leaves the heading out: the form's own says it. */
export function createSection(
  context: FormContext,
  section: FormSection,
  initial: Initial,
  alone: boolean,
): SectionView {
  const { id, title, required } = section;
  const field = fieldOf(section.schema);
  const node = context.node(field, { label: title, required: true, bare: true }, initial);
  const headingId = context.id();
  const description =
    section.description === undefined ? undefined : element('p', { class: 'help' }, section.description);
  const given = initial.value !== undefined || initial.drafts.length > 0;
  const details = required
    ? undefined
    : element(
        'details',
        { class: 'section', attributes: given ? { open: '' } : {} },
        element(
          'summary',
          { attributes: { id: headingId } },
          element('span', { class: 'name' }, title),
          element('span', { class: 'optional' }, 'optional'),
        ),
        description,
        node.root,
      );
  const root =
    details ??
    element(
      'section',
      { class: 'section', attributes: { 'aria-labelledby': alone ? 'form-title' : headingId } },
      !alone && element('h2', { attributes: { id: headingId } }, title),
      description,
      node.root,
    );

  /** Fields without a value make an empty object, which is as good as none where none is needed. */
  const read = (): Json | undefined => {
    const value = node.read();
    const empty = isObject(value) && Object.keys(value).length === 0;
    return !required && empty ? undefined : value;
  };
  return {
    section,
    root,
    read,
    check() {
      const leftOut = !required && read() === undefined && node.drafts().length === 0;
      return leftOut ? [] : node.check().map((issue) => ({ ...issue, section: id }));
    },
    drafts: () => node.drafts().map((draft) => ({ ...draft, section: id })),
    show(issues, all) {
      node.show(
        issues.filter((issue) => issue.section === id),
        all,
      );
    },
    focus(path) {
      if (details !== undefined) details.open = true;
      node.focus(path);
    },
  };
}
