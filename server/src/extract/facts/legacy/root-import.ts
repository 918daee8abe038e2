/** `import { Agent } from '@mastra/core'`: since 1.0 the package itself exports little more than `Mastra`. */
import type { RootImportFact } from '../../../../../common/model/facts/legacy-api.ts';
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isExportDeclaration,
  isImportDeclaration,
  isNamedExports,
  isNamedImports,
  literalText,
  locationOf,
  nameText,
  SyntaxKind,
  type ExportDeclaration,
  type ExportSpecifier,
  type Expression,
  type ImportDeclaration,
  type ImportSpecifier,
  type SourceFile,
  type Statement,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { replace } from './edits.ts';
import { isMissingExport } from './exports.ts';

/** By subpath of `@mastra/core`: what was exported by the package itself before 1.0, and is there now. */
const movedValues: Readonly<Record<string, readonly string[]>> = {
  agent: ['Agent'],
  tools: ['createTool', 'Tool'],
  workflows: [
    'createWorkflow',
    'createStep',
    'cloneStep',
    'cloneWorkflow',
    'mapVariable',
    'Workflow',
    'Run',
    'ExecutionEngine',
    'DefaultExecutionEngine',
  ],
  memory: ['MastraMemory', 'MemoryProcessor', 'memoryDefaultOptions'],
  storage: ['MastraStorage', 'ensureDate', 'serializeDate'],
  vector: ['MastraVector', 'embedV1', 'embedV2', 'BaseFilterTranslator'],
  llm: ['ModelRouterLanguageModel', 'ModelRouterEmbeddingModel', 'PROVIDER_REGISTRY'],
  deployer: ['MastraDeployer'],
  relevance: ['MastraAgentRelevanceScorer', 'createSimilarityPrompt'],
  tts: ['MastraTTS'],
  integration: ['Integration', 'OpenAPIToolset'],
  hooks: ['AvailableHooks', 'executeHook', 'registerHook'],
  base: ['MastraBase'],
  utils: [
    'deepMerge',
    'delay',
    'ensureToolProperties',
    'makeCoreTool',
    'maskStreamTags',
    'isZodType',
    'fetchWithRetry',
  ],
  logger: ['createLogger', 'LogLevel', 'RegisteredLogger', 'LoggerTransport', 'MultiLogger', 'noopLogger'],
};

const movedTypes: Readonly<Record<string, readonly string[]>> = {
  agent: ['AgentConfig', 'ToolsInput'],
  tools: ['ToolAction', 'ToolExecutionContext'],
  workflows: ['WorkflowConfig', 'Step', 'StepResult', 'WorkflowResult'],
  llm: ['MastraLanguageModel', 'CoreMessage'],
  memory: ['StorageThreadType', 'MemoryConfig'],
};

const moduleOf = byName(movedValues);
const typeModuleOf = byName(movedTypes);

/** `import { ... } from '@mastra/core'`, or the same with `export`. */
interface Listing {
  readonly statement: ImportDeclaration | ExportDeclaration;
  /** What stands before the braces. */
  readonly head: string;
  readonly specifier: Expression;
  readonly elements: readonly Element[];
}

type Element = ImportSpecifier | ExportSpecifier;

export async function rootImports(context: Context, file: SourceFile): Promise<readonly RootImportFact[]> {
  const facts = file.statements.flatMap(listingsIn).map(async (listing) => {
    const candidates = listing.elements.filter((element) => !stillThere.has(importedName(element)));
    if (candidates.length === 0 || (await context.program.symbolAt(listing.specifier)) === undefined) return [];
    const missing = await Promise.all(candidates.map((element) => isMissingExport(context, element)));
    const moved = candidates.filter((_, index) => missing[index] === true);
    if (moved.length === 0) return [];
    const edits = rewritten(listing, moved);
    return moved.map((element): RootImportFact => {
      const name = importedName(element);
      return {
        kind: 'legacy-api',
        shape: 'root-import',
        name,
        module: subpathOf(name),
        typeOnly: listing.head.endsWith('type') || element.isTypeOnly || typeModuleOf.has(name),
        edits: subpathOf(name) === undefined ? undefined : edits,
        ...locationOf(element),
      };
    });
  });
  return (await Promise.all(facts)).flat();
}

function listingsIn(statement: Statement): readonly Listing[] {
  if (isImportDeclaration(statement)) {
    const { importClause, moduleSpecifier } = statement;
    const bindings = importClause?.namedBindings;
    if (literalText(moduleSpecifier) !== '@mastra/core' || bindings === undefined || !isNamedImports(bindings))
      return [];
    const isType = importClause?.phaseModifier === SyntaxKind.TypeKeyword;
    const head = isType ? 'import type' : 'import';
    return [{ statement, head, specifier: moduleSpecifier, elements: bindings.elements }];
  }
  if (!isExportDeclaration(statement)) return [];
  const { exportClause, moduleSpecifier } = statement;
  if (moduleSpecifier === undefined || literalText(moduleSpecifier) !== '@mastra/core') return [];
  if (exportClause === undefined || !isNamedExports(exportClause)) return [];
  const head = statement.isTypeOnly ? 'export type' : 'export';
  return [{ statement, head, specifier: moduleSpecifier, elements: exportClause.elements }];
}

/** Exported by the package itself in every version. */
const stillThere: ReadonlySet<string> = new Set(['Mastra', 'Config']);

function importedName(element: Element): string {
  return nameText(element.propertyName ?? element.name) ?? '';
}

function subpathOf(name: string): string | undefined {
  const subpath = moduleOf.get(name) ?? typeModuleOf.get(name);
  return subpath === undefined ? undefined : `@mastra/core/${subpath}`;
}

/** The statement as several ones, each for what one module has. */
function rewritten(
  { statement, head, specifier, elements }: Listing,
  moved: readonly Element[],
): readonly FileEdit[] | undefined {
  if (isImportDeclaration(statement) && statement.importClause?.name !== undefined) return undefined;
  const quote = specifier.getText().charAt(0);
  const end = statement.getText().endsWith(';') ? ';' : '';
  const byModule = new Map<string, string[]>();
  for (const element of elements) {
    const target = (moved.includes(element) ? subpathOf(importedName(element)) : undefined) ?? '@mastra/core';
    byModule.set(target, [...(byModule.get(target) ?? []), element.getText()]);
  }
  const lines = [...byModule].map(
    ([module, names]) => `${head} { ${names.join(', ')} } from ${quote}${module}${quote}${end}`,
  );
  return [replace(statement, lines.join('\n'))];
}

function byName(modules: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(modules).flatMap(([module, names]) => names.map((name) => [name, module] as const)));
}
