/** The read side of one tsconfig's program in one snapshot: questions to the checker, batched, remembered and guarded. */
import { NodeBuilderFlags, SignatureKind, SymbolFlags, TypeFlags } from 'typescript/unstable/async';
import type { NodeHandle, Project, Signature, Symbol, Type } from 'typescript/unstable/async';
import type { Expression, Node, SourceFile } from 'typescript/unstable/ast';
import { batched, remembered } from './batch.ts';
import type { TreeHolder } from './side-by-side.ts';
import { quickenTexts } from './texts.ts';

export { SymbolFlags, TypeFlags };
export type { NodeHandle, Signature, Symbol, Type };

/**
 * Every question answers undefined (or "no") where the checker cannot tell, also when the native side fails on that one
 * question: analysis treats it as unknown. Only the end of the process itself is an error, and the engine raises it.
 */
export interface Program {
  /** Absolute path of the tsconfig; undefined for files outside any tsconfig. */
  readonly configFile: string | undefined;
  /** Undefined when the file is not part of this program. */
  sourceFile(file: string): Promise<SourceFile | undefined>;
  /** The message of the first syntax error of a file. */
  syntaxError(file: string): Promise<string | undefined>;
  symbolAt(node: Node): Promise<Symbol | undefined>;
  /** The variable that `{ name }` reads. */
  shorthandValue(node: Node): Promise<Symbol | undefined>;
  /** One step from an import or re-export to what it names. */
  aliased(symbol: Symbol): Promise<Symbol | undefined>;
  /** The syntax of a declaration. */
  nodeOf(handle: NodeHandle): Promise<Node | undefined>;
  typeAt(node: Node): Promise<Type | undefined>;
  typeOf(symbol: Symbol): Promise<Type | undefined>;
  property(type: Type, name: string): Promise<Symbol | undefined>;
  properties(type: Type): Promise<readonly Symbol[]>;
  /** The symbol that declares a type: `Workflow` for `Workflow<...>`; of the alias, when it was written as one. */
  typeName(type: Type): Promise<Symbol | undefined>;
  /** The interface, class or literal that declares a type, whatever alias it was written as. */
  declaringSymbol(type: Type): Promise<Symbol | undefined>;
  /** The alias that a type was written as, if any. Cheap. */
  aliasName(type: Type): Promise<Symbol | undefined>;
  typeArguments(type: Type): Promise<readonly Type[]>;
  /** The members of a union or intersection; the type itself otherwise. */
  constituents(type: Type): Promise<readonly Type[]>;
  returnType(type: Type): Promise<Type | undefined>;
  /** What the parameter at `index` takes, for every way to call or construct a value of the type. */
  parameterTypes(type: Type, index: number): Promise<readonly Type[]>;
  /** What the place of an expression asks for, e.g. the declared type of a parameter for its argument. */
  contextualType(expression: Expression): Promise<Type | undefined>;
  nonNullable(type: Type): Promise<Type | undefined>;
  isArray(type: Type): Promise<boolean>;
  isTuple(type: Type): Promise<boolean>;
  /** The type of the values of `{ [key: string]: V }`. */
  indexValue(type: Type): Promise<Type | undefined>;
  /** True for `Record<string, never>`: an object type that says nothing of its fields. */
  isEmptyRecord(type: Type): Promise<boolean>;
  /** Undefined when the checker cannot tell. */
  isAssignable(source: Type, target: Type): Promise<boolean | undefined>;
  /** One line without truncation; `expanded` writes out an alias. */
  typeText(type: Type): Promise<string | undefined>;
  stringType(): Promise<Type | undefined>;
}

/** The name that TypeScript gives to the program of files outside any tsconfig. */
const inferredConfigFile = '/dev/null/inferred';

/** ObjectFlags.Reference: only such types have type arguments; for others the native side panics. */
const referenceFlag = 4;

/** `holderOf`: the program from which the syntax tree of a file comes. */
export function programOf(project: Project, holderOf: TreeHolder): Program {
  quickenTexts(project);
  const { checker } = project;
  const id = (type: Type) => type.id;
  const symbolAt = batched<Node, Symbol>((nodes) => checker.getSymbolAtLocation(nodes));
  const typeAt = batched<Node, Type>((nodes) => checker.getTypeAtLocation(nodes));
  const typeOf = batched<Symbol, Type>((symbols) => checker.getTypeOfSymbol(symbols));
  const isReference = (type: Type) =>
    type.isObjectType() && (type.objectFlags & referenceFlag) !== 0 && type.isTypeReference();

  const questions = {
    property: remembered(
      (type: Type, name: string) => `${type.id} ${name}`,
      (type: Type, name: string) => checker.getPropertyOfType(type, name),
    ),
    properties: remembered(id, (type: Type) => checker.getPropertiesOfType(type)),
    constituents: remembered(id, async (type: Type): Promise<readonly Type[]> =>
      type.isUnionType() || type.isIntersectionType() ? type.getTypes() : [type],
    ),
    typeName: remembered(id, async (type: Type) => (await type.getAliasSymbol()) ?? (await type.getSymbol())),
    declaringSymbol: remembered(id, (type: Type) => type.getSymbol()),
    aliasName: remembered(id, (type: Type) => type.getAliasSymbol()),
    typeArguments: remembered(id, async (type: Type): Promise<readonly Type[]> =>
      type.isTypeReference() && isReference(type) ? checker.getTypeArguments(type) : [],
    ),
    nonNullable: remembered(id, (type: Type) => checker.getNonNullableType(type)),
    isArray: remembered(id, (type: Type) => checker.isArrayLikeType(type)),
    isTuple: remembered(id, (type: Type) => checker.isTupleType(type)),
    indexInfos: remembered(id, (type: Type) => checker.getIndexInfosOfType(type)),
    typeText: remembered(id, (type: Type) => checker.typeToString(type, undefined, NodeBuilderFlags.NoTruncation)),
    isAssignable: remembered(
      (source: Type, target: Type) => `${source.id} ${target.id}`,
      (source: Type, target: Type) => checker.isTypeAssignableTo(source, target),
    ),
    aliased: remembered(
      (symbol: Symbol) => symbol.id,
      (symbol: Symbol) => checker.getImmediateAliasedSymbol(symbol),
    ),
    parameterTypes: remembered(
      (type: Type, index: number) => `${type.id} ${index}`,
      async (type: Type, index: number): Promise<readonly Type[]> => {
        const kinds = [SignatureKind.Call, SignatureKind.Construct];
        const signatures = (await Promise.all(kinds.map((kind) => checker.getSignaturesOfType(type, kind)))).flat();
        const types = await Promise.all(signatures.map((signature) => checker.getParameterType(signature, index)));
        return types.filter((parameter) => parameter !== undefined);
      },
    ),
    returnType: remembered(id, async (type: Type) => {
      const [signature] = await checker.getSignaturesOfType(type, SignatureKind.Call);
      return signature === undefined ? undefined : checker.getReturnTypeOfSignature(signature);
    }),
  };

  return {
    configFile: project.configFileName === inferredConfigFile ? undefined : project.configFileName,
    sourceFile: (file) => holderOf(file, project).program.getSourceFile(file),
    syntaxError: async (file) => (await project.program.getSyntacticDiagnostics(file))[0]?.text,
    symbolAt: (node) => guarded(symbolAt(node)),
    shorthandValue: (node) => guarded(checker.getShorthandAssignmentValueSymbol(node)),
    aliased: (symbol) => guarded(questions.aliased(symbol)),
    nodeOf: (handle) => guarded(handle.resolve(holderOf(handle.path, project))),
    typeAt: (node) => guarded(typeAt(node)),
    typeOf: (symbol) => guarded(typeOf(symbol)),
    property: (type, name) => guarded(questions.property(type, name)),
    properties: async (type) => (await guarded(questions.properties(type))) ?? [],
    typeName: (type) => guarded(questions.typeName(type)),
    declaringSymbol: (type) => guarded(questions.declaringSymbol(type)),
    aliasName: (type) => guarded(questions.aliasName(type)),
    typeArguments: async (type) => (await guarded(questions.typeArguments(type))) ?? [],
    constituents: async (type) => (await guarded(questions.constituents(type))) ?? [],
    returnType: (type) => guarded(questions.returnType(type)),
    parameterTypes: async (type, index) => (await guarded(questions.parameterTypes(type, index))) ?? [],
    contextualType: (expression) => guarded(checker.getContextualType(expression)),
    nonNullable: (type) => guarded(questions.nonNullable(type)),
    isArray: async (type) => (await guarded(questions.isArray(type))) ?? false,
    isTuple: async (type) => (await guarded(questions.isTuple(type))) ?? false,
    indexValue: async (type) => (await guarded(questions.indexInfos(type)))?.[0]?.valueType,
    isEmptyRecord: async (type) => {
      const infos = (await guarded(questions.indexInfos(type))) ?? [];
      return infos.length > 0 && infos.every((info) => (info.valueType.flags & TypeFlags.Never) !== 0);
    },
    isAssignable: (source, target) => guarded(questions.isAssignable(source, target)),
    typeText: (type) => guarded(questions.typeText(type)),
    stringType: () => guarded(checker.getStringType()),
  };
}

/**
 * The native side answers some questions with a Go panic (facts of 7.0.2: type arguments of a type that has none, and the
 * like), and lives on. That one answer is then unknown.
 */
async function guarded<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await answer;
  } catch {
    return undefined;
  }
}
