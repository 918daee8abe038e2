import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ruleIds } from '../../common/protocol/rules.ts';
import { catalog } from '../../server/src/rules/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const rules = path.join(root, 'server/src/rules');

describe('catalog of rules', () => {
  const ids = catalog.map(({ id }) => id);

  it('lists every id of the protocol, in its order', () => {
    assert.deepEqual(ids, ruleIds);
  });

  it('lists every folder', () => {
    const folders = readdirSync(rules, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map(({ name }) => name).sort(), [...ids].sort());
  });

  for (const { id, summary } of catalog) {
    it(`${id} has a page that begins with its name and its summary`, () => {
      const page = path.join(rules, id, 'rule.md');
      assert.ok(existsSync(page));
      assert.equal(summary.at(-1), '.');
      assert.ok(readFileSync(page, 'utf8').startsWith(`# ${id}\n\n${summary}\n`), `the page says: ${summary}`);
    });
  }

  it('is what the setting mastra.rules offers', () => {
    const properties = settingProperties();
    assert.deepEqual(Object.keys(properties).sort(), [...ids].sort());
    for (const [id, property] of Object.entries(properties)) {
      assert.deepEqual([...property.enum].sort(), ['error', 'hint', 'info', 'off', 'warning'], id);
    }
  });
});

interface SettingProperty {
  readonly enum: readonly string[];
}

function settingProperties(): Readonly<Record<string, SettingProperty>> {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    contributes: { configuration: Configuration | readonly Configuration[] };
  };
  const found = [manifest.contributes.configuration].flat().find(({ properties }) => 'mastra.rules' in properties);
  return found?.properties['mastra.rules']?.properties ?? {};
}

interface Configuration {
  readonly properties: Readonly<Record<string, { readonly properties?: Readonly<Record<string, SettingProperty>> }>>;
}
