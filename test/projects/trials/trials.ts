// Added to the copy of the sample project `orders` that the servers of test/servers serve: what orders has no workflow for.
import { createStep, createWorkflow } from '@mastra/core/workflows';
import {
  createStep as createEventedStep,
  createWorkflow as createEventedWorkflow,
} from '@mastra/core/workflows/evented';
import { z } from 'zod';

const any = z.any();
const text = z.object({ text: z.string() });

/** Ticks every 50 ms, aloud. */
const tick = createStep({
  id: 'tick',
  inputSchema: z.object({ ticks: z.number() }),
  outputSchema: z.object({ ticks: z.number() }),
  execute: async ({ inputData, writer, abortSignal }) => {
    for (let count = 1; count <= inputData.ticks && !abortSignal.aborted; count += 1) {
      await writer.write({ count });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return inputData;
  },
});
const last = createStep({
  id: 'last',
  inputSchema: z.object({ ticks: z.number() }),
  outputSchema: text,
  execute: async ({ inputData }) => ({ text: `${inputData.ticks} ticks` }),
});
export const ticking = createWorkflow({ id: 'ticking', inputSchema: tick.inputSchema, outputSchema: text })
  .then(tick)
  .then(last)
  .commit();

/** Heeds no signal. */
const stubborn = createStep({
  id: 'stubborn',
  inputSchema: any,
  outputSchema: any,
  execute: async () => {
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    return {};
  },
});
export const stubbornly = createWorkflow({ id: 'stubbornly', inputSchema: any, outputSchema: any })
  .then(stubborn)
  .commit();

export const sleeping = createWorkflow({ id: 'sleeping', inputSchema: any, outputSchema: any })
  .sleep(600_000, { id: 'nap' })
  .then(createStep({ id: 'awake', inputSchema: any, outputSchema: any, execute: async () => ({}) }))
  .commit();

const question = (id: string) =>
  createStep({
    id,
    inputSchema: any,
    outputSchema: any,
    suspendSchema: z.object({ asks: z.string() }),
    resumeSchema: z.object({ answer: z.string(), weight: z.number().default(1) }),
    execute: async ({ resumeData, suspend }) =>
      resumeData === undefined ? suspend({ asks: id }) : { [id]: resumeData.answer },
  });

export const askBoth = createWorkflow({ id: 'ask-both', inputSchema: any, outputSchema: any })
  .parallel([question('legal'), question('finance')])
  .then(createStep({ id: 'sum-up', inputSchema: any, outputSchema: any, execute: async ({ inputData }) => inputData }))
  .commit();

export const askThenTick = createWorkflow({ id: 'ask-then-tick', inputSchema: any, outputSchema: any })
  .then(question('go'))
  .then(createStep({ id: 'ticks', inputSchema: any, outputSchema: any, execute: async () => ({ ticks: 20 }) }))
  .then(tick)
  .commit();

const inner = createWorkflow({ id: 'inner', inputSchema: any, outputSchema: any }).then(question('deep')).commit();
const middle = createWorkflow({ id: 'middle', inputSchema: any, outputSchema: any }).then(inner).commit();
export const askDeep = createWorkflow({ id: 'ask-deep', inputSchema: any, outputSchema: any }).then(middle).commit();

const askItem = createStep({
  id: 'ask-item',
  inputSchema: z.string(),
  outputSchema: z.string(),
  resumeSchema: z.object({ ok: z.boolean() }),
  execute: async ({ inputData, resumeData, suspend }) =>
    resumeData === undefined ? suspend({ who: inputData }) : `${inputData}: ${resumeData.ok}`,
});
export const askEach = createWorkflow({
  id: 'ask-each',
  inputSchema: z.array(z.string()),
  outputSchema: z.array(z.string()),
})
  .foreach(askItem, { concurrency: 2 })
  .commit();

const big = createStep({
  id: 'big',
  inputSchema: z.object({ megabytes: z.number() }),
  outputSchema: text,
  execute: async ({ inputData }) => ({ text: 'é'.repeat(inputData.megabytes * 500_000) }),
});
export const large = createWorkflow({ id: 'large', inputSchema: big.inputSchema, outputSchema: text })
  .then(big)
  .commit();

export const counting = createWorkflow({
  id: 'counting',
  inputSchema: z.object({ by: z.number().default(2), note: z.string().optional() }),
  outputSchema: any,
  stateSchema: z.object({ seen: z.number(), kept: z.array(z.string()).default([]) }),
  requestContextSchema: z.object({ tenant: z.string() }),
})
  .then(
    createStep({
      id: 'count',
      inputSchema: z.object({ by: z.number() }),
      outputSchema: any,
      stateSchema: z.object({ seen: z.number() }),
      execute: async ({ inputData, state, requestContext }) => ({
        seen: state.seen + inputData.by,
        tenant: requestContext.get('tenant'),
      }),
    }),
  )
  .commit();

const eventedTick = createEventedStep({ ...tick, id: 'evented-tick' });
export const evented = createEventedWorkflow({
  id: 'evented',
  inputSchema: tick.inputSchema,
  outputSchema: any,
})
  .then(eventedTick)
  .commit();

/** Its id is none for a path. */
export const oddly = createWorkflow({ id: 'odd/../id?x=1&y#z %2F é', inputSchema: any, outputSchema: any })
  .then(createStep({ id: 'a.b', inputSchema: any, outputSchema: any, execute: async () => ({ odd: true }) }))
  .commit();
