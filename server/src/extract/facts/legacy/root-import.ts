/** `import { Agent } from '@mastra/core'`: since 1.0 the package itself exports little more than `Mastra`. */
import type { RootImportFact } from '../../../../../common/model/facts/legacy-api.ts';
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isImportDeclaration,
  isNamedImports,
  literalText,
  locationOf,
  nameText,
  type ImportDeclaration,
  type ImportSpecifier,
  type SourceFile,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { replace } from './edits.ts';
import { findsModule, isMissingExport } from './exports.ts';

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

export async function rootImports(context: Context, file: SourceFile): Promise<readonly RootImportFact[]> {
  const facts = file.statements.filter(isImportDeclaration).map(async (declaration) => {
    const bindings = declaration.importClause?.namedBindings;
    if (literalText(declaration.moduleSpecifier) !== '@mastra/core') return [];
    if (bindings === undefined || !isNamedImports(bindings)) return [];
    const candidates = bindings.elements.filter((element) => !stillThere.has(importedName(element)));
    if (candidates.length === 0 || !(await findsModule(context, declaration))) return [];
    const missing = await Promise.all(candidates.map((element) => isMissingExport(context, element)));
    const moved = candidates.filter((_, index) => missing[index] === true);
    if (moved.length === 0) return [];
    const edits = rewritten(declaration, bindings.elements, moved);
    const wholeType = declaration.importClause?.getText().startsWith('type ') === true;
    return moved.map((element): RootImportFact => {
      const name = importedName(element);
      return {
        kind: 'legacy-api',
        shape: 'root-import',
        name,
        module: subpathOf(name),
        typeOnly: wholeType || element.isTypeOnly || typeModuleOf.has(name),
        edits: subpathOf(name) === undefined ? undefined : edits,
        ...locationOf(element),
      };
    });
  });
  return (await Promise.all(facts)).flat();
}

/** Exported by the package itself in every version. */
const stillThere: ReadonlySet<string> = new Set(['Mastra', 'Config']);

function importedName(element: ImportSpecifier): string {
  return nameText(element.propertyName ?? element.name) ?? '';
}

function subpathOf(name: string): string | undefined {
  const subpath = moduleOf.get(name) ?? typeModuleOf.get(name);
  return subpath === undefined ? undefined : `@mastra/core/${subpath}`;
}

/** The declaration as several ones, each from where its names are. */
function rewritten(
  declaration: ImportDeclaration,
  elements: readonly ImportSpecifier[],
  moved: readonly ImportSpecifier[],
): readonly FileEdit[] | undefined {
  const clause = declaration.importClause;
  if (clause?.name !== undefined) return undefined;
  const text = declaration.getText();
  const quote = declaration.moduleSpecifier.getText().charAt(0);
  const end = text.endsWith(';') ? ';' : '';
  const start = clause?.getText().startsWith('type ') === true ? 'import type' : 'import';
  const byModule = new Map<string, string[]>();
  for (const element of elements) {
    const target = (moved.includes(element) ? subpathOf(importedName(element)) : undefined) ?? '@mastra/core';
    byModule.set(target, [...(byModule.get(target) ?? []), element.getText()]);
  }
  const lines = [...byModule].map(
    ([module, names]) => `${start} { ${names.join(', ')} } from ${quote}${module}${quote}${end}`,
  );
  return [replace(declaration, lines.join('\n'))];
}

function byName(modules: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(modules).flatMap(([module, names]) => names.map((name) => [name, module] as const)));
}
