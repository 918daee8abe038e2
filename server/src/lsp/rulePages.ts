/** Where the page is that explains a rule. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleIds, type RuleId } from '../../../common/protocol/rules.ts';
import { normalizeFile, uriOfFile } from '../typescript/files.ts';

/**
 * The pages below `base` (a URL; a page is `<base>/<rule>`) when one is given, else those that ship with the
 * extension (beside the bundle's folder) or are there in the source.
 */
export function rulePages(base?: string): (rule: RuleId) => string | undefined {
  const pages = new Map(ruleIds.map((rule) => [rule, base === undefined ? localPage(rule) : `${base}/${rule}`]));
  return (rule) => pages.get(rule);
}

function localPage(rule: RuleId): string | undefined {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const folders = [path.join(here, '../server/src/rules'), path.join(here, '../rules')];
  const page = folders.map((folder) => path.join(folder, rule, 'rule.md')).find((file) => existsSync(file));
  return page === undefined ? undefined : uriOfFile(normalizeFile(page));
}
