export * from './axis.ts';
export * from './moment.ts';
export * from './occurrence.ts';
export * from './occurrences.ts';
export * from './payload.ts';
export * from './run-index.ts';
export * from './small.ts';
export * from './track.ts';
