export * from './check.ts';
export * from './fields.ts';
export * from './json-schema.ts';
export * from './hints.ts';
