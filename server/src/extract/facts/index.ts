/** The extractors of facts (common/model/facts/), one file per kind of fact. */
import type { Fact } from '../../../../common/model/facts/index.ts';
import type { SourceFile } from '../../typescript/ast.ts';
import type { Context } from '../context.ts';
import { packageImports } from './package-import.ts';
import { agentModels } from './agent-model.ts';
import { createRunFacts } from './create-run.ts';
import { suspensions } from './suspension.ts';
import { legacyApis } from './legacy/index.ts';
import { mcpConnections } from './mcp-connection.ts';
import { mcpExposures } from './mcp-exposure.ts';
import { storages } from './storage.ts';
import { declaredNames } from './declared-names.ts';
import { nameReferences } from './name-references.ts';
import { mentionFacts } from './mentions.ts';
import { lookupFacts } from './lookup.ts';
import { registryFacts } from './registry.ts';
import { stepReferences } from './step-reference.ts';
import { stepOutputs } from './step-output.ts';
import { readSuppressions } from './suppression.ts';

/** The facts of one kind in one file, in source order. Where the source does not tell, there is no fact. */
export type FactExtractor = (context: Context, file: SourceFile) => Promise<readonly Fact[]>;

const extractors: readonly FactExtractor[] = [
  stepOutputs,
  stepReferences,
  createRunFacts,
  suspensions,
  readSuppressions,
  agentModels,
  legacyApis,
  mcpConnections,
  mcpExposures,
  storages,
  declaredNames,
  nameReferences,
  registryFacts,
  lookupFacts,
  packageImports,
  mentionFacts,
];

export async function factsIn(context: Context, file: SourceFile): Promise<readonly Fact[]> {
  return (await Promise.all(extractors.map((extract) => extract(context, file)))).flat();
}
