/** What every UI test does when it fails: keep a picture of what was on screen. */
import type { Workbench } from './workbench.ts';

/** An `afterEach` hook. */
export function pictureOnFailure(workbench: () => Workbench | undefined): Mocha.AsyncFunc {
  return async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/[^\w]+/g, '-');
    await workbench()?.picture(`failed-${name}`);
  };
}
