/** Exporting as a part of its own, `dist/export.cjs`: loaded with the first export. */
export { chooseExport } from './choose.ts';
export { takeExport } from './save.ts';
