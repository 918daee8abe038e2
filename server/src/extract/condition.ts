/** Conditions of branches and loops as one line of text. */
import {
  isArrowFunction,
  isBlock,
  isFunctionExpression,
  isObjectLiteralExpression,
  isReturnStatement,
  oneLine,
  propertyOf,
  unwrap,
  type Expression,
} from '../typescript/ast.ts';

/** The condition without the head of its function where it only returns an expression; `{ predicate }` gives the predicate. */
export function conditionText(given: Expression): string {
  const condition = unwrap(given);
  if (isObjectLiteralExpression(condition)) {
    const predicate = propertyOf(condition, 'predicate');
    return oneLine(predicate ?? condition);
  }
  if (!isArrowFunction(condition) && !isFunctionExpression(condition)) return oneLine(condition);
  const { body } = condition;
  if (!isBlock(body)) return oneLine(unwrap(body));
  const [only] = body.statements;
  if (body.statements.length === 1 && only !== undefined && isReturnStatement(only) && only.expression !== undefined) {
    return oneLine(unwrap(only.expression));
  }
  return oneLine(body);
}
