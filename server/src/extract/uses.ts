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
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
  type SourceFile,
} from '../typescript/ast.ts';
import { builderMethods } from './builder.ts';
import type { Context } from './context.ts';
import { callsIn } from './occurrences.ts';
import { unitOf } from './unit.ts';

interface Candidate {
  readonly workflow: Expression;
  readonly kind: WorkflowUse['kind'];
}

/** The uses in one file. */
export async function findUses(context: Context, file: SourceFile): Promise<readonly WorkflowUse[]> {
  const candidates = (await Promise.all(callsIn(file).map((call) => candidatesAt(context, call)))).flat();
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

async function candidatesAt(context: Context, node: CallExpression | NewExpression): Promise<readonly Candidate[]> {
  const method = methodCall(node);
  if (method !== undefined) {
    if (runMethods.has(method.name.text)) return [{ workflow: method.receiver, kind: 'run' }];
    // A chain that starts with a name may go on with a workflow of another file.
    if (builderMethods.has(method.name.text)) {
      const receiver = unwrap(method.receiver);
      return methodCall(receiver) === undefined && !isCallExpression(receiver)
        ? [{ workflow: receiver, kind: 'extended' }]
        : [];
    }
  }
  const options = optionsLiteral(node);
  const workflows = options === undefined ? undefined : propertyOf(options, 'workflows');
  const listed = workflows === undefined ? [] : await listedWorkflows(context, workflows, 0);
  const copied = isCallExpression(node) && node.arguments.length > 0 ? copiedWorkflow(node) : [];
  if (listed.length === 0) return copied;
  const callee = await context.resolve(node.expression);
  const kind = callee.kind === 'mastra' && callee.name === 'Mastra' ? 'registered' : 'other';
  return [...copied, ...listed.map((workflow): Candidate => ({ workflow, kind }))];
}

const runMethods: ReadonlySet<string> = new Set(['createRun', 'createRunAsync', 'execute']);

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

/** `createStep(workflow)` and `cloneWorkflow(workflow, ...)`. */
function copiedWorkflow(call: Node): readonly Candidate[] {
  if (!isCallExpression(call)) return [];
  const [argument] = call.arguments;
  if (argument === undefined || isObjectLiteralExpression(unwrap(argument))) return [];
  const callee = unwrap(call.expression);
  const text = callee.getText();
  if (!/\b(createStep|cloneWorkflow)$/.test(text)) return [];
  return [{ workflow: argument, kind: 'other' }];
}
