/** Every rule, in the order in which findings at one place are listed. */
import { agentStepInput } from './agent-step-input/rule.ts';
import { branchNoDefault } from './branch-no-default/rule.ts';
import { branchShape } from './branch-shape/rule.ts';
import { duplicateStepId } from './duplicate-step-id/rule.ts';
import { legacyApi } from './legacy-api/rule.ts';
import { missingCommit } from './missing-commit/rule.ts';
import { outputMismatch } from './output-mismatch/rule.ts';
import { stepOutputMismatch } from './step-output-mismatch/rule.ts';
import { stepReused } from './step-reused/rule.ts';
import { unboundedLoop } from './unbounded-loop/rule.ts';
import { unknownModel } from './unknown-model/rule.ts';
import { deprecatedModel } from './deprecated-model/rule.ts';
import { missingApiKey } from './missing-api-key/rule.ts';
import { unknownMapPath } from './unknown-map-path/rule.ts';
import { importCycle } from './import-cycle/rule.ts';
import { mcpServerConfig } from './mcp-server-config/rule.ts';
import { mcpMissingDescription } from './mcp-missing-description/rule.ts';
import { foreachNotArray } from './foreach-not-array/rule.ts';
import { storageMemory } from './storage-memory/rule.ts';
import { unknownRegistration } from './unknown-registration/rule.ts';
import { unknownStepId } from './unknown-step-id/rule.ts';
import { duplicateWorkflowId } from './duplicate-workflow-id/rule.ts';
import { unregisteredWorkflow } from './unregistered-workflow/rule.ts';
import { duplicateMastra } from './duplicate-mastra/rule.ts';
import { emptyWorkflow } from './empty-workflow/rule.ts';
import { unnamedSleep } from './unnamed-sleep/rule.ts';
import type { Rule } from './rule.ts';
import { missingResumeSchema } from './missing-resume-schema/rule.ts';
import { missingSuspendSchema } from './missing-suspend-schema/rule.ts';
import { suspendNotReturned } from './suspend-not-returned/rule.ts';
import { unawaitedCreateRun } from './unawaited-create-run/rule.ts';
import { schemaMismatch } from './schema-mismatch/rule.ts';
import { unusedSuppression } from './unused-suppression/rule.ts';
import { workflowCycle } from './workflow-cycle/rule.ts';

export const catalog: readonly Rule[] = [
  schemaMismatch,
  outputMismatch,
  missingCommit,
  workflowCycle,
  duplicateStepId,
  branchShape,
  unawaitedCreateRun,
  unusedSuppression,
  unknownModel,
  deprecatedModel,
  missingApiKey,
  branchNoDefault,
  unknownMapPath,
  agentStepInput,
  unboundedLoop,
  mcpServerConfig,
  mcpMissingDescription,
  legacyApi,
  foreachNotArray,
  stepReused,
  storageMemory,
  suspendNotReturned,
  missingSuspendSchema,
  missingResumeSchema,
  unknownRegistration,
  unknownStepId,
  duplicateWorkflowId,
  unregisteredWorkflow,
  stepOutputMismatch,
  duplicateMastra,
  emptyWorkflow,
  unnamedSleep,
  importCycle,
];
