/** What every part of a form can do. Controls hold their values themselves; they are made anew to show others. */
import type { Json } from '../../../common/runlog/events.ts';
import type { Field, ValueIssue } from '../../../common/schema/index.ts';

/** A text that is no JSON yet, and where it stands. */
export interface Draft {
  readonly path: readonly string[];
  readonly text: string;
}

/** What a control begins with. */
export interface Initial {
  readonly value: Json | undefined;
  readonly drafts: readonly Draft[];
}

export interface Control {
  readonly root: HTMLElement;
  /** What a label leads to; undefined for a group, which is named by its label instead. */
  readonly input: HTMLElement | undefined;
  /** Undefined for what is left out. */
  read(): Json | undefined;
  /** What is wrong by the schema: with the value itself and with its parts. */
  check(): readonly ValueIssue[];
  drafts(): readonly Draft[];
  /**
   * Shows issues where they belong; those of the parts only where the author has been, unless `all`. Returns those that
   * belong to the value itself, or to a part that is not there: the node around shows them.
   */
  show(issues: readonly ValueIssue[], all: boolean): readonly ValueIssue[];
  /** Puts the keyboard to the part at `path`, or as near to it as there is one. */
  focus(path: readonly string[]): void;
  /** A way to mend a value that is missing. */
  readonly remedy?: { readonly label: string; apply(): void };
}

/** A control with its name, its help and its issues. */
export interface FieldNode extends Omit<Control, 'show' | 'input' | 'remedy'> {
  show(issues: readonly ValueIssue[], all: boolean): void;
}

export interface ControlOptions {
  /** Id of the element that the label leads to. */
  readonly id: string;
  /** Id of the label. */
  readonly labelId: string;
  /** Ids of help and issue. */
  readonly describedBy: string;
  readonly label: string;
  readonly required: boolean;
}

export interface NodeOptions {
  readonly label: string;
  readonly required: boolean;
  /** True for the value of a section: its heading is the name. */
  readonly bare?: boolean;
  /** Buttons at the end of the first line. */
  readonly actions?: HTMLElement;
  /** The label, where it changes. */
  readonly name?: HTMLElement;
  /** Stands where the label would: the label is for those who listen only. */
  readonly before?: HTMLElement;
}

export interface FormContext {
  /** Something was typed, chosen, added or removed. */
  changed(): void;
  /** A fresh id for an element. */
  id(): string;
  node(field: Field, options: NodeOptions, initial: Initial): FieldNode;
  control(field: Field, options: ControlOptions, initial: Initial): Control;
}

/** The part of an initial value below one name or index. */
export function initialAt(initial: Initial, step: string, value: Json | undefined): Initial {
  const drafts = initial.drafts.flatMap(({ path, text }) => (path[0] === step ? [{ path: path.slice(1), text }] : []));
  return { value, drafts };
}

export function below(step: string, drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map(({ path, text }) => ({ path: [step, ...path], text }));
}

/** The issues of one part, seen from there. */
export function issuesBelow(issues: readonly ValueIssue[], step: string): readonly ValueIssue[] {
  return issues.flatMap((issue) => (issue.path[0] === step ? [{ ...issue, path: issue.path.slice(1) }] : []));
}

/** `issues` with the step that leads to them. */
export function issuesFrom(step: string, issues: readonly ValueIssue[]): readonly ValueIssue[] {
  return issues.map((issue) => ({ ...issue, path: [step, ...issue.path] }));
}
