/** Two versions of what there should be one of in a project: `@mastra/core`, and the interface of zod. */
import path from 'node:path';
import { factsOf, type PackageImportFact } from '../../../../common/model/facts/index.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const duplicateMastra: Rule = {
  id: 'duplicate-mastra',
  acrossFiles: true,
  summary: 'Two versions of `@mastra/core`, or of zod, are used together.',
  *check(project) {
    const imports = factsOf(project, 'package-import');
    yield* packagesWithTheirOwnCore(project, imports);
    yield* mixedZod(project, imports);
  },
};

const base = {
  rule: 'duplicate-mastra',
  related: [],
  fixes: [],
  workflow: undefined,
  address: undefined,
} as const;

/** Each package once, where it is first imported: what there is to do is done in the manifest. */
function* packagesWithTheirOwnCore(project: ProjectModel, imports: readonly PackageImportFact[]): Iterable<Finding> {
  const reported = new Set<string>();
  for (const { file, range, package: name } of imports) {
    const installed = project.packages?.get(path.posix.dirname(file));
    const own = installed?.get('@mastra/core')?.version;
    const other = installed?.get(name);
    if (own === undefined || other?.core === undefined || other.core === own) continue;
    const key = `${name} ${other.version} ${own}`;
    if (reported.has(key)) continue;
    reported.add(key);
    const message = `${code(`${name} ${other.version}`)} brings \`@mastra/core\` ${other.core} beside your ${own}: the two do not take each other's objects. Install versions that fit each other.`;
    yield { ...base, severity: 'warning', message, file, range };
  }
}

/** In each package of the project, the imports of the version that fewer files use. */
function* mixedZod(project: ProjectModel, imports: readonly PackageImportFact[]): Iterable<Finding> {
  const byInstallation = new Map<string, Record<3 | 4, PackageImportFact[]>>();
  for (const fact of imports) {
    const installed = project.packages?.get(path.posix.dirname(fact.file))?.get('zod');
    const major = installed === undefined ? undefined : zodMajor(fact.specifier, installed.version);
    if (installed === undefined || major === undefined) continue;
    const uses = byInstallation.get(installed.version) ?? { 3: [], 4: [] };
    uses[major].push(fact);
    byInstallation.set(installed.version, uses);
  }
  for (const uses of byInstallation.values()) {
    const [fewer, more] = uses[3].length < uses[4].length ? ([3, 4] as const) : ([4, 3] as const);
    const example = uses[more][0];
    if (example === undefined) continue;
    for (const { file, range, specifier } of uses[fewer]) {
      const message = `${code(specifier)} is zod ${fewer}, while the project uses zod ${more}: a schema of one inside a schema of the other throws.`;
      const related = [{ file: example.file, range: example.range, message: `Zod ${more} is imported here` }];
      yield { ...base, severity: 'info', message, file, range, related };
    }
  }
}

/** Which interface a specifier stands for: zod 3.25 and 4 hold both. Undefined for other entries (`zod/locales`). */
function zodMajor(specifier: string, installed: string): 3 | 4 | undefined {
  if (specifier === 'zod') return installed.startsWith('3.') ? 3 : installed.startsWith('4.') ? 4 : undefined;
  if (specifier === 'zod/v3') return 3;
  return /^zod\/(?:v4|v4-mini|v4\/mini|v4\/core|mini)$/.test(specifier) ? 4 : undefined;
}
