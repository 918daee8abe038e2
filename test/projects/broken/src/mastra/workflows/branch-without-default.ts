import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const parcelSchema = z.object({ grams: z.number() });
const sentSchema = z.object({ sent: z.boolean() });
const post = { id: 'post', inputSchema: parcelSchema, outputSchema: sentSchema };

const sendParcel = createStep({
  id: 'send-parcel',
  inputSchema: parcelSchema,
  outputSchema: sentSchema,
  execute: async () => ({ sent: true }),
});

// Nothing happens with what weighs less.
const decided = createWorkflow(post).branch([[async ({ inputData }) => inputData.grams > 500, sendParcel]]);
//                                   ^^^^^^ hint branch-no-default .map

export const postWorkflow = decided
  .map(async ({ inputData }) => ({ sent: inputData['send-parcel']?.sent ?? false }))
  .commit();
