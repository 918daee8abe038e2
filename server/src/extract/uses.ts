/** Where workflows are used other than as steps: registered, run, handed to something else. */
import type { WorkflowUse } from '../../../common/model/project.ts';
import {
  isArrayLiteralExpression,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  locationOf,
  methodCall,
  optionsLiteral,
  propertyOf,
  unwrap,
  type Expression,
  type SourceFile,
} from '../typescript/ast.ts';
import { builderMethods } from './builder.ts';
import type { Context } from './context.ts';
import { callsNamed, callsWithOptions, type Call } from './occurrences.ts';
import { unitOf } from './unit.ts';

interface Candidate {
  readonly workflow: Expression;
  readonly kind: WorkflowUse['kind'];
}

/** The uses in one file. */
export async function findUses(context: Context, file: SourceFile): Promise<readonly WorkflowUse[]> {
  const candidates = [
    ...callsNamed(file, [...runMethods, ...builderMethods]).flatMap(calledOn),
    ...callsNamed(file, copiers).flatMap(copiedBy),
    ...(await Promise.all(callsWithOptions(file).map((call) => listedBy(context, call)))).flat(),
  ];
  const uses = await Promise.all(
    candidates.map(async ({ workflow, kind }): Promise<readonly WorkflowUse[]> => {
      const unit = await unitOf(context, workflow);
      if (unit.kind !== 'workflow' || !unit.target.known) return [];
      const outside = !unit.target.value.startsWith(`${file.fileName}#`);
      if (kind === 'extended' && !outside) return [];
      return [{ workflow: unit.target.value, kind, ...locationOf(workflow) }];
    }),
  );
  return uses.flat();
}

const runMethods: ReadonlySet<string> = new Set(['createRun', 'createRunAsync', 'execute']);

/** `workflow.createRun()`, and `workflow.then(step)`: a chain that starts with a name may go on with a workflow of another file. */
function calledOn(call: Call): readonly Candidate[] {
  const method = methodCall(call);
  if (method === undefined) return [];
  if (runMethods.has(method.name.text)) return [{ workflow: method.receiver, kind: 'run' }];
  const receiver = unwrap(method.receiver);
  return isCallExpression(receiver) ? [] : [{ workflow: receiver, kind: 'extended' }];
}

const copiers: readonly string[] = ['createStep', 'cloneWorkflow'];

/** `createStep(workflow)` and `cloneWorkflow(workflow, ...)`. */
function copiedBy(call: Call): readonly Candidate[] {
  const argument = isCallExpression(call) ? call.arguments[0] : undefined;
  return argument === undefined || isObjectLiteralExpression(unwrap(argument))
    ? []
    : [{ workflow: argument, kind: 'other' }];
}

/** `new Mastra({ workflows })`, `new Agent({ workflows })` and the like. */
async function listedBy(context: Context, call: Call): Promise<readonly Candidate[]> {
  const options = optionsLiteral(call);
  const workflows = options === undefined ? undefined : propertyOf(options, 'workflows');
  const listed = workflows === undefined ? [] : await listedWorkflows(context, workflows, 0);
  if (listed.length === 0) return [];
  const callee = await context.resolve(call.expression);
  const kind = callee.kind === 'mastra' && callee.name === 'Mastra' ? 'registered' : 'other';
  return listed.map((workflow): Candidate => ({ workflow, kind }));
}

/** `workflows: { a, b: other, ...more }` and `workflows: [a, b]`. */
async function listedWorkflows(context: Context, given: Expression, depth: number): Promise<readonly Expression[]> {
  if (depth > 5) return [];
  const resolved = await context.resolve(given);
  if (resolved.kind !== 'expression') return [];
  const value = resolved.expression;
  if (isArrayLiteralExpression(value)) {
    return value.elements.map((element) => (isSpreadElement(element) ? element.expression : element));
  }
  if (!isObjectLiteralExpression(value)) return [];
  const parts = await Promise.all(
    value.properties.map(async (property): Promise<readonly Expression[]> => {
      if (isPropertyAssignment(property)) return [property.initializer];
      if (isShorthandPropertyAssignment(property)) return isIdentifier(property.name) ? [property.name] : [];
      return isSpreadAssignment(property) ? listedWorkflows(context, property.expression, depth + 1) : [];
    }),
  );
  return parts.flat();
}
