/** What a run over HTTP begins with: the body of its one POST, or what is known of a run that began elsewhere. */
import { initialDecodeState, resumedDecodeState } from '../../../../common/runlog/decode.ts';
import type { Json } from '../../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import type { Resumption, RunInputs } from '../connection.ts';
import type { FollowOptions } from './follow.ts';
import type { StoredRun } from './shapes.ts';

export type Begun = Pick<FollowOptions, 'call' | 'body' | 'input' | 'decoding' | 'before' | 'known'>;

export function startOf({ input, state, requestContext }: RunInputs): Begun {
  const body: Json = {
    inputData: input,
    ...(state === undefined ? {} : { initialState: state }),
    ...(requestContext === undefined ? {} : { requestContext }),
  };
  return { call: 'stream', body, input, decoding: initialDecodeState, before: undefined };
}

export function resumeOf({ step, index, data }: Resumption, before: StoredRun): Begun {
  const body: Json = { step, resumeData: data, ...(index === undefined ? {} : { forEachIndex: index }) };
  return { call: 'resume', body, input: null, decoding: resumedDecodeState({ step, index, data }), before };
}

export function followOf(known: readonly RunEventBody[]): Begun {
  const last = known.findLast((event) => event.type === 'run-started' || event.type === 'run-resumed');
  const rest = { body: null, before: undefined, known };
  if (last?.type === 'run-resumed') {
    return { call: 'resume', input: null, decoding: resumedDecodeState(last), ...rest };
  }
  return { call: 'stream', input: last?.input ?? null, decoding: initialDecodeState, ...rest };
}
