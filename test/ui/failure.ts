/** What every UI test does when it fails: keeps a picture of what was on screen, and prints what the extension logged. */
import type { Workbench } from './workbench.ts';

/** Enough of a log's end to see what led to a failure, in characters. */
const printed = 6000;

/** An `afterEach` hook. */
export function pictureOnFailure(workbench: () => Workbench | undefined): Mocha.AsyncFunc {
  return async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/[^\w]+/g, '-');
    const window = workbench();
    if (window === undefined) return;
    await window.picture(`failed-${name}`);
    // Pictures stay on the machine that ran the test; the words on the editor lines and the log reach its output.
    const lines = await window.page.locator('.editor-instance .view-line, .codelens-decoration').allInnerTexts();
    console.error(`On screen:\n${lines.join('\n')}\nLog of the extension:\n${window.log().slice(-printed)}`);
  };
}
