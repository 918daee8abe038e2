export * from './graph.ts';
export * from './ids.ts';
export * from './messages.ts';
export * from './panel.ts';
export * from './rules.ts';
