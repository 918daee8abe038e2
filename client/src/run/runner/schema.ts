/** The workflow's own schemas, whatever library they come from: as JSON Schema, and as a validator. */
import type { Json } from '../../../../common/runlog/events.ts';
import { toJson } from '../../../../common/runlog/json.ts';
import type { InputIssue } from '../protocol.ts';
import { isRecord, isSchema } from './mastra.ts';
import type { SchemaIssue } from './mastra.ts';

const schemaLimits = { characters: 1_000_000, string: 10_000, depth: 60 };

/** The input side as JSON Schema draft 7, where fields with defaults are not required. Undefined when the library cannot tell. */
export function inputJsonSchema(schema: unknown): Json | undefined {
  if (!isSchema(schema)) return undefined;
  try {
    const described = schema['~standard'].jsonSchema?.input?.({ target: 'draft-07' });
    return isRecord(described) ? toJson(described, schemaLimits) : undefined;
  } catch {
    // E.g. a date or a transform, which JSON Schema cannot describe.
    return undefined;
  }
}

/** What the schema says against `value`; nothing when it fits, or when there is no schema. */
export async function issuesOf(schema: unknown, value: unknown): Promise<readonly InputIssue[]> {
  if (!isSchema(schema)) return [];
  try {
    const checked: unknown = await schema['~standard'].validate(value);
    const issues = isRecord(checked) ? checked['issues'] : undefined;
    return Array.isArray(issues) ? issues.map((issue: SchemaIssue) => toIssue(issue)) : [];
  } catch (error) {
    // A refinement of the author's threw; the run itself would fail the same way.
    return [{ path: [], message: error instanceof Error ? error.message : String(error) }];
  }
}

function toIssue(issue: SchemaIssue): InputIssue {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return { path, message: issue.message };
}
