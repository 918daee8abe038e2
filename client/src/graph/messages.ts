/** What comes in from a panel: checked here, trusted after. */
import * as z from 'zod/mini';
import type { Json } from '../../../common/runlog/events.ts';
import type { PanelSavedState, PanelToHost } from '../../../common/protocol/panel.ts';

/** Messages of a page are JSON, or what has no JSON: then it is no message. */
const json = z.json() as z.ZodMiniType<Json>;

const panelToHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), protocol: z.number() }),
  z.object({
    type: z.literal('reveal'),
    node: z.string(),
    target: z.enum(['use', 'definition', 'arrives', 'leaves']),
    focus: z.boolean(),
  }),
  z.object({ type: z.literal('run') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('resume'), node: z.optional(z.string()) }),
  z.object({ type: z.literal('clear-run') }),
  z.object({ type: z.literal('copy'), text: z.string() }),
  z.object({ type: z.literal('pin'), pinned: z.boolean() }),
  z.object({ type: z.literal('show-all-workflows') }),
  z.object({ type: z.literal('compare-run'), runId: z.string() }),
  z.object({ type: z.literal('exported'), text: z.string() }),
  z.object({ type: z.literal('not-exported'), text: z.string() }),
  z.object({ type: z.literal('answer'), question: z.number(), value: json }),
  z.object({ type: z.literal('no-answer'), question: z.number() }),
  z.object({
    type: z.literal('payload'),
    run: z.number(),
    request: z.number(),
    event: z.number(),
    item: z.optional(z.number()),
    part: z.enum(['value', 'error']),
  }),
  z.object({
    type: z.literal('open-payload'),
    run: z.number(),
    event: z.number(),
    item: z.optional(z.number()),
    title: z.string(),
  }),
]);

const exportMessage = z.union([
  z.object({
    type: z.literal('export'),
    format: z.enum(['svg', 'mermaid']),
    place: z.enum(['file', 'clipboard']),
    text: z.string(),
  }),
  z.object({ type: z.literal('export'), format: z.literal('json'), place: z.enum(['file', 'clipboard']) }),
  z.object({
    type: z.literal('export'),
    format: z.literal('png'),
    bytes: z.instanceof(Uint8Array),
    note: z.optional(z.string()),
  }),
]);

const savedState = z.object({
  target: z.object({ uri: z.string(), key: z.string(), title: z.string() }),
  zoom: z.number(),
  scrollX: z.number(),
  scrollY: z.number(),
  // JSON leaves an undefined field out.
  selected: z.optional(z.string()),
  folded: z.optional(z.array(z.string())),
  list: z.optional(z.boolean()),
  pinned: z.optional(z.string()),
  stepsHeight: z.optional(z.number()),
});

/** Undefined for anything that is not a message of ours. */
export function parseMessage(message: unknown): PanelToHost | undefined {
  const parsed = panelToHost.safeParse(message);
  if (!parsed.success) {
    const exported = exportMessage.safeParse(message).data;
    return exported?.format === 'png' ? { ...exported, note: exported.note } : exported;
  }
  const { data } = parsed;
  switch (data.type) {
    case 'resume':
      return { type: 'resume', node: data.node };
    case 'payload':
    case 'open-payload':
      return { ...data, item: data.item };
    case 'ready':
    case 'reveal':
    case 'run':
    case 'cancel':
    case 'clear-run':
    case 'copy':
    case 'pin':
    case 'show-all-workflows':
    case 'compare-run':
    case 'exported':
    case 'not-exported':
    case 'answer':
    case 'no-answer':
      return data;
  }
}

/** Undefined for a state that another version of the extension wrote. */
export function parseSavedState(state: unknown): PanelSavedState | undefined {
  const parsed = savedState.safeParse(state);
  return parsed.success ? { ...parsed.data, selected: parsed.data.selected, folded: parsed.data.folded } : undefined;
}
