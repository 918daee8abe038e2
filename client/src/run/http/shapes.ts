/** What the HTTP API of Mastra 1.x answers, as far as it is used here. More fields are ignored, so that newer servers still fit. */
import * as z from 'zod/mini';
import type { Json } from '../../../../common/runlog/events.ts';

/** Everything here was made by JSON.parse; walking through 50 MB of it once more would tell nothing. */
const json = z.custom<Json>();
const text = z.nullish(z.string());
const unknownRecord = z.record(z.string(), z.unknown());

/** `GET /system/packages`. Early 1.x tells less. */
export const packagesShape = z.object({
  packages: z.optional(z.array(z.object({ name: z.string(), version: z.string() }))),
  isDev: z.optional(z.boolean()),
  storageType: text,
});

/** `GET /auth/capabilities`. */
export const capabilitiesShape = z.object({
  enabled: z.boolean(),
  login: z.nullish(z.object({ type: z.optional(z.string()) })),
});

const stepShape = z.object({
  id: z.string(),
  isWorkflow: z.optional(z.boolean()),
  component: text,
  resumeSchema: text,
});

/** `GET /workflows/:id`; schemas are strings. */
export const detailsShape = z.object({
  name: z.optional(z.string()),
  description: text,
  /** No released server sends it; one that does is believed. */
  engineType: text,
  inputSchema: text,
  stateSchema: text,
  requestContextSchema: text,
  allSteps: z.optional(z.record(z.string(), stepShape)),
  stepGraph: z.array(z.unknown()),
});

export type Details = z.infer<typeof detailsShape>;

/** `GET /workflows?partial=true`, by registry key. */
export const workflowListShape = z.record(
  z.string(),
  z.object({ name: z.optional(z.string()), description: text, engineType: text, stepGraph: z.array(z.unknown()) }),
);

export const runStatuses = [
  'running',
  'waiting',
  'suspended',
  'success',
  'failed',
  'canceled',
  'pending',
  'bailed',
  'tripwire',
  'paused',
  'skipped',
] as const;

const statusShape = z.enum(runStatuses);
export type StoredStatus = z.infer<typeof statusShape>;

/** Dates are texts, as JSON has them. */
const date = z.union([z.string(), z.number()]);

const storedStepShape = z.object({
  status: z.string(),
  payload: z.optional(json),
  output: z.optional(json),
  error: z.optional(z.unknown()),
  startedAt: z.nullish(z.number()),
  endedAt: z.nullish(z.number()),
  suspendedAt: z.nullish(z.number()),
  suspendPayload: z.optional(json),
  metadata: z.nullish(z.object({ iterationCount: z.nullish(z.number()) })),
});

export type StoredStep = z.infer<typeof storedStepShape>;

/** `GET /workflows/:id/runs/:runId`. */
export const storedRunShape = z.object({
  runId: z.string(),
  workflowName: z.optional(z.string()),
  resourceId: text,
  createdAt: z.nullish(date),
  updatedAt: z.nullish(date),
  status: statusShape,
  result: z.optional(json),
  error: z.optional(z.unknown()),
  payload: z.optional(json),
  steps: z.optional(z.record(z.string(), storedStepShape)),
  serializedStepGraph: z.optional(z.array(z.unknown())),
  /** A server without storage knows a run only while it goes on, and nothing of its steps. */
  isFromInMemory: z.optional(z.boolean()),
});

export type StoredRun = z.infer<typeof storedRunShape>;

/** `GET /workflows/:id/runs`. The snapshot is a record, or its JSON text where the storage cannot do better. */
export const runListShape = z.object({
  runs: z.array(
    z.object({
      runId: z.string(),
      workflowName: z.optional(z.string()),
      resourceId: text,
      createdAt: date,
      updatedAt: date,
      snapshot: z.union([z.string(), unknownRecord]),
    }),
  ),
  total: z.number(),
});

/** `{"error":"..."}` with `issues` where the server names fields. */
export const errorShape = z.object({
  error: z.string(),
  issues: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
});
