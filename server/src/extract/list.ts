/** Lists of steps in `.parallel([...])` and `.branch([...])`: elements written out, also through names and spreads. */
import {
  isArrayLiteralExpression,
  isOmittedExpression,
  isSpreadElement,
  type ArrayLiteralExpression,
  type Expression,
} from '../typescript/ast.ts';
import type { Context } from './context.ts';

export type ListElement =
  | { readonly kind: 'element'; readonly expression: Expression }
  | { readonly kind: 'opaque'; readonly expression: Expression; readonly reason: string };

export async function readList(context: Context, list: Expression, depth = 0): Promise<readonly ListElement[]> {
  const literal = await arrayLiteral(context, list);
  if (literal === undefined || depth > 5) {
    return [{ kind: 'opaque', expression: list, reason: 'the list is made while the program runs' }];
  }
  const parts = await Promise.all(
    literal.elements.map(async (element): Promise<readonly ListElement[]> => {
      if (isOmittedExpression(element)) return [];
      if (!isSpreadElement(element)) return [{ kind: 'element', expression: element }];
      return readList(context, element.expression, depth + 1);
    }),
  );
  return parts.flat();
}

/** The array literal that an expression is or leads to. */
export async function arrayLiteral(context: Context, list: Expression): Promise<ArrayLiteralExpression | undefined> {
  const resolved = await context.resolve(list);
  return resolved.kind === 'expression' && isArrayLiteralExpression(resolved.expression)
    ? resolved.expression
    : undefined;
}
