/** Messages between the extension host and the page of an input form. The host pushes whole states; the page sends values. */
import type { Json } from '../runlog/events.ts';

/** Raised when either side changes the meaning of a message; the page asks to be opened again when the numbers differ. */
export const formProtocolVersion = 1;

export type FormSectionId = 'input' | 'state' | 'requestContext' | 'value';

/** One value that is asked for. */
export interface FormSection {
  readonly id: FormSectionId;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly description: string | undefined;
  /** JSON Schema (draft 7); undefined for any JSON. */
  readonly schema: Json | undefined;
  /** False for a section that may be left out; it is closed until it has a value. */
  readonly required: boolean;
}

/** The value of each section; a section that is left out, or of which nothing is filled in yet, is absent. */
export type FormValues = { readonly [K in FormSectionId]?: Json };

export interface FormIssue {
  readonly section: FormSectionId;
  /** From the section's value to the part that is wrong. */
  readonly path: readonly string[];
  readonly message: string;
}

/** Words about the form as a whole, above its fields. */
export interface FormNotice {
  readonly kind: 'info' | 'warning' | 'error';
  readonly message: string;
}

export interface FormHostState {
  readonly title: string;
  readonly submitLabel: string;
  /** Undefined while the workflow is loading. */
  readonly sections: readonly FormSection[] | undefined;
  /** While the value is edited as JSON in a tab the fields rest. */
  readonly editing: 'form' | 'json';
  /** True from "Run" until it is known whether the value fits. */
  readonly checking: boolean;
  readonly notice: FormNotice | undefined;
  /** Whether values can be kept under a name, and how many are. */
  readonly saved: { readonly count: number } | undefined;
}

/** What brings the form back after a window reload. */
export interface FormIdentity {
  /** Names what is asked for: one form is open for it at a time. */
  readonly id: string;
  /** The command that asks again; undefined when nothing can. */
  readonly reopen: { readonly command: string; readonly argument: Json } | undefined;
}

export type HostToForm =
  | {
      readonly type: 'state';
      readonly protocol: number;
      readonly identity: FormIdentity;
      readonly state: FormHostState;
    }
  /** Puts these values in place of what is there. */
  | { readonly type: 'values'; readonly values: FormValues }
  /** What the workflow's own schema says about the values of the `changed` or `submit` with this number. */
  | {
      readonly type: 'issues';
      readonly number: number;
      readonly issues: readonly FormIssue[];
      /** True after "Run": every issue is shown, and the first gets the keyboard. */
      readonly submitted: boolean;
    };

export type FormToHost =
  /** `restored` when the page still has what was filled in before it was hidden. */
  | { readonly type: 'ready'; readonly protocol: number; readonly restored: boolean }
  /** Sent in pauses while the author types. `number` rises by one with each message that carries values. */
  | { readonly type: 'changed'; readonly number: number; readonly values: FormValues }
  | { readonly type: 'submit'; readonly number: number; readonly values: FormValues }
  | { readonly type: 'edit-json'; readonly values: FormValues }
  /** Back from the JSON tab. */
  | { readonly type: 'edit-form' }
  | { readonly type: 'show-json' }
  | { readonly type: 'pick-saved' }
  | { readonly type: 'save'; readonly values: FormValues }
  | { readonly type: 'cancel' };

/** What the page keeps with setState, and what the serializer hands back after a window reload. */
export interface FormSavedState {
  readonly identity: FormIdentity;
  readonly state: FormHostState;
  readonly values: FormValues;
  /** Texts that are no JSON yet, by section and path. */
  readonly drafts: readonly FormDraft[];
}

export interface FormDraft {
  readonly section: FormSectionId;
  readonly path: readonly string[];
  readonly text: string;
}
