export * from './build.ts';
export * from './check.ts';
export * from './fields.ts';
export * from './hints.ts';
export * from './json-schema.ts';
export * from './variant.ts';
