import type { RootImportFact } from '../../../../common/model/facts/legacy-api.ts';
import { isAtLeast } from '../../project/version.ts';
import { code } from '../wording.ts';
import type { Verdict } from './verdict.ts';

export function rootImport({ name, module, typeOnly }: RootImportFact, version: string): Verdict | undefined {
  if (!isAtLeast(version, 1, 0)) return undefined;
  const now = module === undefined ? '' : `; it is in ${code(module)}`;
  return {
    severity: typeOnly ? 'warning' : 'error',
    message: `\`@mastra/core\` itself does not export ${code(name)} since 1.0${now}.`,
    fix: 'Import from the subpaths of `@mastra/core`',
  };
}
