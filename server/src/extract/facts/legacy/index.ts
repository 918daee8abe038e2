/** Code for another API than the installed one, one file for each shape. */
import type { LegacyApiFact } from '../../../../../common/model/facts/legacy-api.ts';
import type { SourceFile } from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { formerArguments } from './arguments.ts';
import { formerChains } from './chain.ts';
import { executeContexts } from './execute-context.ts';
import { formerMethodCalls } from './methods.ts';
import { modelObjects } from './model-object.ts';
import { newSteps } from './new-step.ts';
import { unknownOptions } from './options.ts';
import { rootImports } from './root-import.ts';
import { runtimeContextImports, runtimeContextMembers, runtimeContextParameters } from './runtime-context.ts';
import { toolCalls } from './tool-call.ts';

const shapes: readonly ((context: Context, file: SourceFile) => Promise<readonly LegacyApiFact[]>)[] = [
  rootImports,
  runtimeContextImports,
  newSteps,
  unknownOptions,
  modelObjects,
  formerChains,
  formerMethodCalls,
  formerArguments,
  executeContexts,
  runtimeContextParameters,
  runtimeContextMembers,
  toolCalls,
];

export async function legacyApis(context: Context, file: SourceFile): Promise<readonly LegacyApiFact[]> {
  return (await Promise.all(shapes.map((extract) => extract(context, file)))).flat();
}
