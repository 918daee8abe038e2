/** A short run of `npm run fuzz`. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../bench/schemas.ts';
import { projects } from '../harness/paths.ts';
import { edited } from './edits.ts';
import { fuzz, mastraFiles } from './fuzz.ts';

describe('random edits', function () {
  this.timeout(180_000);

  it('are the same for the same seed, and change the text', () => {
    const text = 'export const a = [1, 2];\nexport const b = a;\n';
    const made = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 50 }, () => edited(text, random));
    };
    assert.deepEqual(made(3), made(3));
    assert.notDeepEqual(made(3), made(4));
    assert.ok(new Set(made(3)).size > 25);
  });

  for (const name of ['orders', 'broken']) {
    it(`do the server no harm, and leave nothing when undone (${name})`, async () => {
      const folder = path.join(projects, name);
      const workflows = readdirSync(path.join(folder, 'src/mastra/workflows')).map(
        (file) => `src/mastra/workflows/${file}`,
      );
      const files = mastraFiles(folder, workflows);
      assert.ok(files.length > 5);
      const { edits, faults } = await fuzz({ folder, files, edits: 60, seed: 11 });
      assert.deepEqual(faults, []);
      assert.equal(edits, 60);
    });
  }
});
