/** What comes in from the page of a form: checked here, trusted after. */
import * as z from 'zod/mini';
import type { FormSavedState, FormToHost, FormValues } from '../../../../common/protocol/form.ts';
import type { Json } from '../../../../common/runlog/events.ts';

const json = z.json() as z.ZodMiniType<Json>;
const sectionId = z.enum(['input', 'state', 'requestContext', 'value']);
const values: z.ZodMiniType<FormValues> = z.partialRecord(sectionId, json);

const formToHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), protocol: z.number(), restored: z.boolean() }),
  z.object({ type: z.literal('changed'), number: z.number(), values }),
  z.object({ type: z.literal('submit'), number: z.number(), values }),
  z.object({ type: z.literal('edit-json'), values }),
  z.object({ type: z.literal('edit-form') }),
  z.object({ type: z.literal('show-json') }),
  z.object({ type: z.literal('pick-saved') }),
  z.object({ type: z.literal('save'), values }),
  z.object({ type: z.literal('cancel') }),
]);

/** JSON has no undefined: a field that may be undefined is absent there. */
function optional<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T | undefined> {
  return z.optional(schema);
}

export const formSections = z.array(
  z.object({
    id: sectionId,
    title: z.string(),
    description: optional(z.string()),
    schema: optional(json),
    required: z.boolean(),
  }),
);

const savedState = z.object({
  identity: z.object({
    id: z.string(),
    reopen: optional(z.object({ command: z.string(), argument: json })),
  }),
  state: z.object({
    title: z.string(),
    submitLabel: z.string(),
    sections: optional(formSections),
    editing: z.enum(['form', 'json']),
    checking: z.boolean(),
    notice: optional(z.object({ kind: z.enum(['info', 'warning', 'error']), message: z.string() })),
    saved: optional(z.object({ count: z.number() })),
  }),
  values,
  drafts: z.array(z.object({ section: sectionId, path: z.array(z.string()), text: z.string() })),
});

/** Undefined for anything that is not a message of ours. */
export function parseMessage(message: unknown): FormToHost | undefined {
  const parsed = formToHost.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

/** Undefined for a state that another version of the extension wrote. */
export function parseSavedState(state: unknown): FormSavedState | undefined {
  const parsed = savedState.safeParse(state);
  return parsed.success ? parsed.data : undefined;
}

/** Values that were kept from an earlier time; undefined when they cannot be read. */
export function parseValues(kept: unknown): FormValues | undefined {
  const parsed = values.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}
