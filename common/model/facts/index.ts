/**
 * Facts about the code around workflows: what a call refers to, which model an agent uses, how a server is configured.
 * One kind of fact for each question that a rule or a language feature asks; each kind has a file of its own here, an
 * extractor in server/src/extract/facts/, and is deleted together with what asks for it. Plain JSON.
 */
import type { ProjectModel } from '../project.ts';
import type { AgentModelFact, ModelGatewayFact } from './agent-model.ts';
import type { FactBase } from './base.ts';
import type { SuspensionFact } from './suspension.ts';
import type { CreateRunFact } from './create-run.ts';
import type { LegacyApiFact } from './legacy-api.ts';
import type { McpConnectionFact, McpExposureFact } from './mcp.ts';
import type { DatabaseFileFact, StorageChangeFact, StorageFact } from './storage.ts';
import type { DeclaredIdFact, NameReferenceFact, RegistrationFact } from './names.ts';
import type { PackageImportFact } from './package-import.ts';
import type { MentionsFact } from './mentions.ts';
import type { LookupFact, RegistrationAddedFact, RegistryFact } from './registry.ts';
import type { StepReferenceFact } from './step-reference.ts';
import type { StepOutputFact } from './step-output.ts';
import type { SuppressionFact } from './suppression.ts';
import type { UnbrokenTextFact } from './unbroken-text.ts';

export type { AgentModelFact, ModelGatewayFact } from './agent-model.ts';
export type { FactBase } from './base.ts';
export type { StepSchema, SuspendCall, SuspensionFact } from './suspension.ts';
export type { CreateRunFact } from './create-run.ts';
export type { LegacyApiFact } from './legacy-api.ts';
export type { McpCommand, McpConnectionFact, McpExposureFact, McpUrl } from './mcp.ts';
export type { DatabaseFileFact, StorageChangeFact, StorageFact } from './storage.ts';
export type { DeclaredIdFact, NamedUnit, NameReferenceFact, NameSpace, RegistrationFact, Registry } from './names.ts';
export type { PackageImportFact } from './package-import.ts';
export type { MentionsFact } from './mentions.ts';
export type { LookupFact, RegistrationAddedFact, RegistryFact, RegistryGroup } from './registry.ts';
export type { StepName, StepReferenceFact, StepScope } from './step-reference.ts';
export type { StepOutputFact } from './step-output.ts';
export type { SuppressedRule, SuppressionFact } from './suppression.ts';
export type { UnbrokenTextFact } from './unbroken-text.ts';

/** Every kind of fact; a line for each. */
export type Fact =
  | StepOutputFact
  | StepReferenceFact
  | CreateRunFact
  | SuspensionFact
  | SuppressionFact
  | UnbrokenTextFact
  | AgentModelFact
  | ModelGatewayFact
  | LegacyApiFact
  | McpConnectionFact
  | McpExposureFact
  | StorageFact
  | StorageChangeFact
  | DatabaseFileFact
  | DeclaredIdFact
  | NameReferenceFact
  | RegistrationFact
  | LookupFact
  | RegistrationAddedFact
  | RegistryFact
  | PackageImportFact
  | MentionsFact;

export type FactOf<K extends Fact['kind']> = Extract<Fact, { readonly kind: K }>;

/** The facts of one kind in a project, by file and then in source order. */
export function factsOf<K extends Fact['kind']>(project: ProjectModel, kind: K): readonly FactOf<K>[] {
  return (project.facts ?? []).filter((fact: FactBase): fact is FactOf<K> => fact.kind === kind);
}
