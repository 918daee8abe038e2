/** What `execute` expects in `resumeData`, as far as its own code tells. */
import {
  isAsExpression,
  isBinaryExpression,
  isIdentifier,
  isIfStatement,
  isObjectBindingPattern,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  nameText,
  parentOf,
  SyntaxKind,
  walk,
  wrapped,
  type AsExpression,
  type Identifier,
  type Node,
} from '../../typescript/ast.ts';

export interface ResumeReads {
  /** The first place that reads a field of it, or asserts its type. */
  readonly first: Node | undefined;
  /** `resumeData as { ... }`. */
  readonly assertions: readonly AsExpression[];
  /** The fields that are read, with their type where the place tells it. */
  readonly fields: ReadonlyMap<string, string | undefined>;
}

/** The reads of `resumeData` where it is a parameter of `execute` by that name, or a member of its one parameter. */
export function resumeReads(execute: Node): ResumeReads {
  const assertions: AsExpression[] = [];
  const fields = new Map<string, string | undefined>();
  let first: Node | undefined;
  walk(execute, (node) => {
    if (!isIdentifier(node) || node.text !== 'resumeData') return;
    const value = valueOf(node);
    const outer = parentOf(value);
    if (outer === undefined) return;
    if (isAsExpression(outer)) {
      assertions.push(outer);
      first ??= outer;
    }
    const whole = wrapped(value);
    const user = parentOf(whole);
    if (user === undefined) return;
    if (isPropertyAccessExpression(user) && user.expression === whole) {
      const name = nameText(user.name);
      if (name === undefined) return;
      fields.set(name, fields.get(name) ?? typeOfUse(user));
      first ??= user;
    } else if (isVariableDeclaration(user) && user.initializer === whole && isObjectBindingPattern(user.name)) {
      first ??= user;
      for (const element of user.name.elements) {
        const name = nameText(element.propertyName ?? element.name);
        if (name !== undefined && !fields.has(name)) fields.set(name, undefined);
      }
    }
  });
  return { first, assertions, fields };
}

/** The type of `resumeData` in TypeScript notation, when each field that is read tells its own. */
export function resumeType({ fields }: ResumeReads): string | undefined {
  if (fields.size === 0) return undefined;
  const parts: string[] = [];
  for (const [name, type] of fields) {
    if (type === undefined) return undefined;
    parts.push(`${name}: ${type}`);
  }
  return `{ ${parts.join('; ')} }`;
}

/** `resumeData`, or `context.resumeData`. */
function valueOf(node: Identifier): Node {
  const { parent } = node;
  return isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
}

/** A condition tells a boolean, a comparison with a text a string. */
function typeOfUse(node: Node): string | undefined {
  const user = parentOf(node);
  if (user === undefined) return undefined;
  if (isPrefixUnaryExpression(user) && user.operator === SyntaxKind.ExclamationToken) return 'boolean';
  if (isIfStatement(user) && user.expression === node) return 'boolean';
  if (!isBinaryExpression(user) || !comparisons.has(user.operatorToken.kind)) return undefined;
  const other = user.left === node ? user.right : user.left;
  if (isStringLiteral(other)) return 'string';
  return other.kind === SyntaxKind.TrueKeyword || other.kind === SyntaxKind.FalseKeyword ? 'boolean' : undefined;
}

const comparisons: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);
