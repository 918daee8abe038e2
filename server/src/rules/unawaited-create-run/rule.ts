/** A run that is used before it is there: `createRun` is async in some versions of Mastra, and always throws in others. */
import { factsOf, type CreateRunFact } from '../../../../common/model/facts/index.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { FileEdit } from '../../../../common/model/text.ts';
import type { Finding, Fix } from '../../../../common/protocol/rules.ts';
import { installationFor } from '../../project/installation.ts';
import { isAtLeast } from '../../project/version.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const unawaitedCreateRun: Rule = {
  id: 'unawaited-create-run',
  summary: 'A run is used before it is there.',
  *check(project) {
    for (const fact of factsOf(project, 'create-run')) {
      const finding = isSynchronousInName(project, fact) ? judgeRemoved(project, fact) : judgeUnawaited(fact);
      if (finding !== undefined && !isRightHere(project, fact)) yield finding;
    }
  },
};

/** `createRun` gave the run at once until 0.16. Which version it is meant for is not known where none is installed. */
function isRightHere(project: ProjectModel, { file, method }: CreateRunFact): boolean {
  if (method === 'createRunAsync') return false;
  const mastra = installationFor(project, file);
  return mastra.kind === 'missing' || !isAtLeast(mastra.version, 0, 17);
}

/** From 0.17 to 0.24 `createRun` only says that it is gone. */
function isSynchronousInName(project: ProjectModel, { file, method }: CreateRunFact): boolean {
  const mastra = installationFor(project, file);
  return method === 'createRun' && mastra.kind === 'installed' && !isAtLeast(mastra.version, 1, 0);
}

function judgeRemoved(project: ProjectModel, fact: CreateRunFact): Finding {
  const mastra = installationFor(project, fact.file);
  const version = mastra.kind === 'installed' ? ` ${mastra.version}` : '';
  const renaming: FileEdit = { file: fact.file, range: fact.range, newText: 'createRunAsync' };
  const waiting = fact.result === 'awaited' ? [] : fact.awaiting;
  return {
    ...base(fact),
    message: `\`createRun()\` always throws in @mastra/core${version}: \`await\` the run of \`createRunAsync()\`.`,
    fixes:
      waiting === undefined
        ? []
        : [{ title: 'Use `await createRunAsync()`', edits: [renaming, ...waiting], preferred: true }],
  };
}

function judgeUnawaited(fact: CreateRunFact): Finding | undefined {
  const { use, awaiting } = fact;
  if (fact.result !== 'used' || use === undefined) return undefined;
  const consequence = use.called
    ? `calling ${code(use.member)} on its promise throws`
    : `${code(use.member)} of its promise is \`undefined\``;
  const fixes: readonly Fix[] =
    awaiting === undefined ? [] : [{ title: 'Add `await`', edits: awaiting, preferred: true }];
  return {
    ...base(fact),
    message: `\`${fact.method}()\` is not awaited: ${consequence}.`,
    related: [{ file: fact.file, range: use.range, message: 'The promise is used as a run here' }],
    fixes,
  };
}

function base(fact: CreateRunFact): Omit<Finding, 'message'> {
  return {
    rule: 'unawaited-create-run',
    severity: 'error',
    file: fact.file,
    range: fact.range,
    related: [],
    fixes: [],
    workflow: undefined,
    address: undefined,
  };
}
