export * from './address.ts';
export * from './facts/index.ts';
export * from './flow.ts';
export * from './known.ts';
export * from './project.ts';
export * from './text.ts';
export * from './workflow.ts';
