/** The workflow a command is about: named by the code lens or by another extension, else chosen by the user. */
import * as z from 'zod/mini';

/** Argument of the commands about one workflow. Whoever calls a command may leave it out. */
const targetSchema = z.object({
  uri: z.string(),
  key: z.string(),
  /** Input of a run as a JSON value; asked for when absent. */
  input: z.optional(z.unknown()),
  /** A step that is to be selected in the graph: ids of the workflows on the way and its own. */
  step: z.optional(z.array(z.string())),
});

export type CommandTarget = z.infer<typeof targetSchema>;

/**
 * The target that a command was called with. Menus pass the URI of the file they belong to instead: that, and anything
 * else, counts as no target.
 */
export function targetOf(argument: unknown): CommandTarget | undefined {
  const parsed = targetSchema.safeParse(argument);
  return parsed.success ? parsed.data : undefined;
}
