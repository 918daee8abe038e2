/** The overview as a part of its own, `dist/overview.cjs`: loaded when it is first shown (see later.ts). */
export { showOverview } from './page.ts';
