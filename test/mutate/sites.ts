/** The places in the sources of a project where mistakes can be planted. */
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBlock,
  isCallExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isVariableDeclaration,
  methodCall,
  nameText,
  optionsLiteral,
  parentOf,
  propertyOf,
  unwrap,
  walk,
  type CallExpression,
  type Expression,
  type Node,
  type SourceFile,
} from '../../server/src/typescript/ast.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface FieldSite extends Span {
  readonly name: Span;
  readonly value: Span;
}

/** The value of `inputSchema` or `outputSchema`. */
export interface SchemaSite extends Span {
  /** The fields where it is written out as `z.object({ ... })`. */
  readonly fields: readonly FieldSite[];
  /** Behind the brace that opens the fields. */
  readonly open: number | undefined;
}

/** `createStep({ ... })` or `createWorkflow({ ... })`. */
export interface MakingSite extends Span {
  readonly file: string;
  readonly makes: 'step' | 'workflow';
  /** The variable that it is declared as. */
  readonly name: Span | undefined;
  /** The string of the `id` option, quotes included. */
  readonly id: Span | undefined;
  readonly input: SchemaSite | undefined;
  readonly output: SchemaSite | undefined;
  /** Other options as they are written, by name. */
  readonly options: ReadonlyMap<string, Span>;
}

/** `.method(...)` on whatever. The span begins with the dot. */
export interface CallSite extends Span {
  readonly file: string;
  readonly method: Span;
  readonly arguments: readonly Span[];
  /** The elements of a list that is the first argument; each with its parts where it is a list itself. */
  readonly elements: readonly (Span & { readonly parts: readonly Span[] })[];
}

/** A string inside a call of `.map`. */
export interface MapString extends Span {
  readonly file: string;
  readonly property: string;
}

export interface Sites {
  readonly file: string;
  readonly text: string;
  readonly makings: readonly MakingSite[];
  readonly calls: readonly CallSite[];
  readonly mapStrings: readonly MapString[];
  /** Keys of objects that functions in `.map` give back, `{ key: value }`. */
  readonly mapKeys: readonly (FieldSite & { readonly file: string })[];
  /** The same of `execute` in steps. */
  readonly executeKeys: readonly (FieldSite & { readonly file: string })[];
}

export function sitesIn(source: SourceFile): Sites {
  const file = source.fileName;
  const makings: MakingSite[] = [];
  const calls: CallSite[] = [];
  const mapStrings: MapString[] = [];
  const mapKeys: (FieldSite & { file: string })[] = [];
  const executeKeys: (FieldSite & { file: string })[] = [];
  walk(source, (node) => {
    if (!isCallExpression(node)) return;
    const callee = unwrap(node.expression);
    if (isIdentifier(callee) && (callee.text === 'createStep' || callee.text === 'createWorkflow')) {
      const making = makingAt(source, node, callee.text === 'createStep' ? 'step' : 'workflow');
      if (making !== undefined) makings.push(making);
      const options = optionsLiteral(node);
      const execute = options === undefined ? undefined : propertyOf(options, 'execute');
      if (execute !== undefined) executeKeys.push(...returnedKeys(source, execute).map((key) => ({ ...key, file })));
    }
    const method = methodCall(node);
    if (method === undefined) return;
    calls.push(callAt(source, node, method.receiver, method.name));
    const [argument] = node.arguments;
    if (method.name.text !== 'map' || argument === undefined) return;
    if (isObjectLiteralExpression(unwrap(argument))) mapStrings.push(...stringsIn(source, argument));
    else mapKeys.push(...returnedKeys(source, argument).map((key) => ({ ...key, file })));
  });
  return { file, text: source.text, makings, calls, mapStrings, mapKeys, executeKeys };
}

function spanOf(source: SourceFile, node: Node): Span {
  const start = node.getStart(source);
  return { start, end: node.end, text: source.text.slice(start, node.end) };
}

function makingAt(source: SourceFile, call: CallExpression, makes: MakingSite['makes']): MakingSite | undefined {
  const options = optionsLiteral(call);
  if (options === undefined) return undefined;
  const id = propertyOf(options, 'id');
  let declaration: Node | undefined = call;
  while (declaration !== undefined && !isVariableDeclaration(declaration)) declaration = parentOf(declaration);
  return {
    file: source.fileName,
    makes,
    ...spanOf(source, call),
    name: declaration === undefined ? undefined : spanOf(source, declaration.name),
    id: id !== undefined && isStringLiteral(id) ? spanOf(source, id) : undefined,
    input: schemaAt(source, propertyOf(options, 'inputSchema')),
    output: schemaAt(source, propertyOf(options, 'outputSchema')),
    options: new Map(
      options.properties.flatMap((property) => {
        const name = isPropertyAssignment(property) ? nameText(property.name) : undefined;
        return name === undefined ? [] : [[name, spanOf(source, property)] as const];
      }),
    ),
  };
}

function schemaAt(source: SourceFile, expression: Expression | undefined): SchemaSite | undefined {
  // `{ inputSchema }` has no place for a schema that is written out.
  if (expression === undefined || isShorthandPropertyAssignment(expression.parent)) return undefined;
  const span = spanOf(source, expression);
  const literal = isCallExpression(expression) ? optionsLiteral(expression) : undefined;
  const isObject = span.text.startsWith('z.object(') && span.end === expression.end;
  if (literal === undefined || !isObject || parentOf(literal) !== expression) {
    return { ...span, fields: [], open: undefined };
  }
  return { ...span, fields: fieldsOf(source, literal), open: literal.getStart(source) + 1 };
}

function fieldsOf(source: SourceFile, literal: Node): readonly FieldSite[] {
  if (!isObjectLiteralExpression(literal)) return [];
  return literal.properties.flatMap((property) =>
    isPropertyAssignment(property)
      ? [
          {
            ...spanOf(source, property),
            name: spanOf(source, property.name),
            value: spanOf(source, property.initializer),
          },
        ]
      : [],
  );
}

function callAt(source: SourceFile, call: CallExpression, receiver: Expression, name: Node): CallSite {
  const [argument] = call.arguments;
  const list = argument === undefined ? undefined : unwrap(argument);
  const elements = list !== undefined && isArrayLiteralExpression(list) ? list.elements : [];
  return {
    file: source.fileName,
    start: receiver.end,
    end: call.end,
    text: source.text.slice(receiver.end, call.end),
    method: spanOf(source, name),
    arguments: call.arguments.map((each) => spanOf(source, each)),
    elements: elements.map((element) => ({
      ...spanOf(source, element),
      parts: isArrayLiteralExpression(element) ? element.elements.map((part) => spanOf(source, part)) : [],
    })),
  };
}

function stringsIn(source: SourceFile, root: Node): readonly MapString[] {
  const found: MapString[] = [];
  walk(root, (node) => {
    if (!isPropertyAssignment(node)) return;
    const value = node.initializer;
    const property = nameText(node.name);
    if (property === undefined || !(isStringLiteral(value) || isNoSubstitutionTemplateLiteral(value))) return;
    found.push({ file: source.fileName, property, ...spanOf(source, value) });
  });
  return found;
}

/** The keys of the object that an arrow function gives back. */
function returnedKeys(source: SourceFile, given: Expression): readonly FieldSite[] {
  const arrow = unwrap(given);
  if (!isArrowFunction(arrow)) return [];
  if (!isBlock(arrow.body)) return fieldsOf(source, unwrap(arrow.body));
  const last = arrow.body.statements.at(-1);
  if (last === undefined || !isReturnStatement(last) || last.expression === undefined) return [];
  return fieldsOf(source, unwrap(last.expression));
}
