/** The servers that `new MCPClient({ servers })` connects to. Entries that are not written out are left out. */
import type { McpCommand, McpConnectionFact, McpUrl } from '../../../../common/model/facts/index.ts';
import { TypeFlags } from '../../typescript/program.ts';
import {
  isArrayLiteralExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteral,
  isTemplateExpression,
  literalText,
  nameText,
  propertyOf,
  rangeBetween,
  rangeOf,
  unwrap,
  type Expression,
  type ObjectLiteralExpression,
  type PropertyAssignment,
} from '../../typescript/ast.ts';
import type { Context } from '../context.ts';
import { optionExpression, readOptions } from '../options.ts';
import { mastraObjectsIn } from './classes.ts';
import type { FactExtractor } from './index.ts';

export const mcpConnections: FactExtractor = async (context, file) => {
  const facts = await Promise.all(
    (await mastraObjectsIn(context, file)).map(async ({ name, call }): Promise<readonly McpConnectionFact[]> => {
      if (name !== 'MCPClient' && name !== 'MCPConfiguration') return [];
      const servers = optionExpression(await readOptions(context, call.arguments?.[0]), 'servers');
      const { literal } = await readOptions(context, servers);
      if (literal === undefined) return [];
      const entries = literal.properties.filter((property) => isPropertyAssignment(property));
      return (await Promise.all(entries.map((entry) => connection(context, entry)))).flat();
    }),
  );
  return facts.flat();
};

async function connection(context: Context, entry: PropertyAssignment): Promise<readonly McpConnectionFact[]> {
  const value = unwrap(entry.initializer);
  const name = nameText(entry.name);
  if (name === undefined || !isObjectLiteralExpression(value)) return [];
  // What is spread, or has a computed name, may be any of the options.
  const isWhole = value.properties.every((each) => !isSpreadAssignment(each) && nameText(each.name) !== undefined);
  if (!isWhole) return [];
  const url = propertyOf(value, 'url');
  return [
    {
      kind: 'mcp-connection',
      file: entry.getSourceFile().fileName,
      range: rangeOf(entry.name),
      name,
      command: commandOf(value),
      url: url === undefined ? undefined : await urlOf(context, unwrap(url)),
    },
  ];
}

function commandOf(options: ObjectLiteralExpression): McpCommand | undefined {
  const value = propertyOf(options, 'command');
  if (value === undefined) return undefined;
  const given = propertyOf(options, 'args');
  const args = given === undefined ? undefined : unwrap(given);
  const list = args !== undefined && isArrayLiteralExpression(args) ? args : undefined;
  const [first] = list?.elements ?? [];
  return {
    range: rangeOf(value),
    text: literalText(unwrap(value)),
    args: list?.elements.map((element) => (isSpreadElement(element) ? undefined : literalText(unwrap(element)))),
    withYes: first === undefined ? undefined : insertionBefore(first),
  };
}

function insertionBefore(element: Expression): McpCommand['withYes'] {
  const file = element.getSourceFile();
  const start = element.getStart(file);
  const quote = element.getText(file).startsWith('"') ? '"' : "'";
  return { file: file.fileName, range: rangeBetween(file, start, start), newText: `${quote}-y${quote}, ` };
}

async function urlOf(context: Context, value: Expression): Promise<McpUrl> {
  return { range: rangeOf(value), isString: await isString(context, value), source: value.getText() };
}

async function isString(context: Context, value: Expression): Promise<boolean> {
  if (isStringLiteral(value) || isTemplateExpression(value) || literalText(value) !== undefined) return true;
  if (!isIdentifier(value)) return false;
  const type = await context.program.typeAt(value);
  return type !== undefined && (type.flags & TypeFlags.StringLike) !== 0;
}
