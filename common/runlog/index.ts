export * from './align.ts';
export * from './decode.ts';
export * from './error.ts';
export * from './events.ts';
export * from './fold.ts';
export * from './json.ts';
export * from './log.ts';
export * from './step.ts';
