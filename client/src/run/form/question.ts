/** What a form asks, whoever asks it: the input of a run, the data that a suspended step waits for. */
import type { FormIdentity, FormIssue, FormNotice, FormSection, FormValues } from '../../../../common/protocol/form.ts';

export interface FormQuestion extends FormIdentity {
  readonly title: string;
  /** On the button that ends the form: `Run`, `Resume`. */
  readonly submitLabel: string;
  /** What is shown until `sections` is known: those of the last time, so that typing can begin at once. */
  readonly remembered: readonly FormSection[] | undefined;
  /** Rejects when what is asked for cannot be known: the form then closes, and the one who asks says why. */
  readonly sections: Promise<readonly FormSection[]>;
  readonly initial: FormValues;
  readonly notice: FormNotice | undefined;
  /** What the workflow's own schemas say; nothing when all fits. */
  readonly validate: (values: FormValues) => Promise<readonly FormIssue[]>;
  /** Values that are kept under a name; undefined where there is nothing to keep them in. */
  readonly saved: SavedValues | undefined;
}

export interface SavedValues {
  count(): Promise<number>;
  /** The name of the values that are the same; undefined when none are. */
  nameOf(values: FormValues): Promise<string | undefined>;
  /** Lets the author choose, and delete; undefined when nothing was chosen. */
  pick(): Promise<FormValues | undefined>;
  /** Asks for the name, and before it overwrites. True when the values are kept. */
  save(values: FormValues): Promise<boolean>;
}

export interface FormAnswer {
  readonly kind: 'values' | 'dismissed';
  /** What was filled in, also when the form was dismissed. */
  readonly values: FormValues;
}
