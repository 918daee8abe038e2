/** What git ignores, by the `.gitignore` files from the repository's root down. */
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

export interface IgnoreRules {
  /** `file` is absolute and lies in the folder that the rules are for. */
  ignores(file: string, isFolder: boolean): boolean;
  /** The rules with those of the `.gitignore` in `folder` added. */
  within(folder: string): Promise<IgnoreRules>;
}

interface Layer {
  readonly folder: string;
  readonly matcher: Ignore;
}

/** The rules that hold for what lies in `folder`: of itself and of the folders above it, up to the repository's root. */
export async function ignoreRulesAbove(folder: string): Promise<IgnoreRules> {
  const above: string[] = [];
  for (let current = folder; ; current = path.posix.dirname(current)) {
    const root = await exists(path.posix.join(current, '.git'));
    if (current !== folder) above.unshift(current);
    if (root) break;
    // Without a repository around it, only what is inside counts.
    if (path.posix.dirname(current) === current) return rulesOf([]);
  }
  let rules = rulesOf([]);
  for (const parent of above) rules = await rules.within(parent);
  // A folder that was named on purpose is walked even if git ignores it; the rules from above would leave out all of it.
  return rules.ignores(folder, true) ? rulesOf([]) : rules;
}

function rulesOf(layers: readonly Layer[]): IgnoreRules {
  return {
    ignores: (file, isFolder) => ignoredBy(layers, file, isFolder),
    async within(folder) {
      const text = await readFile(path.posix.join(folder, '.gitignore'), 'utf8').catch(() => undefined);
      if (text === undefined) return rulesOf(layers);
      return rulesOf([...layers, { folder, matcher: ignore().add(text) }]);
    },
  };
}

/** The innermost `.gitignore` that says anything decides. */
function ignoredBy(layers: readonly Layer[], file: string, isFolder: boolean): boolean {
  for (const { folder, matcher } of layers.toReversed()) {
    const relative = path.posix.relative(folder, file);
    if (relative === '' || relative.startsWith('..')) continue;
    const verdict = matcher.test(isFolder ? `${relative}/` : relative);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
