/** The analysis reads Mastra's declarations in a wording of its own; the wording of the supported version must be known. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { declarationForAnalysis, isRewordedDeclaration } from '../../server/src/typescript/declarations.ts';

describe('declarations for the analysis', () => {
  it('let a step of the installed @mastra/core return anything and have any schema, and say all else as before', () => {
    const [parameters, execute] = changesOf('types.d.ts', 2);
    assert.match(parameters ?? '', /^export type StepParams<.*\bTInputSchema, TOutputSchema, /);
    assert.match(execute ?? '', /^\s*execute: ExecuteFunction<.*InferParsedPublicSchema<TInputSchema>, any, /);
  });

  it('let `createStep` take any schema, and `then` any step', () => {
    const [createStep, ofLegacySchemas, then] = changesOf('workflow.d.ts', 3);
    for (const line of [createStep, ofLegacySchemas]) {
      assert.match(line ?? '', /^export declare function createStep<.*\bTInputSchema, TOutputSchema, /);
    }
    assert.match(
      then ?? '',
      /^ +then<TSchemaOut>\(step: Step<any, any, any, TSchemaOut, .*>\): Workflow<.*, TSchemaOut, /,
    );
  });

  it('do not compare the functions of steps that are put into a chain', () => {
    const [execute] = changesOf('step.d.ts', 1);
    assert.match(execute ?? '', /^\s*execute: \(\.\.\.parameters: any\[\]\) => any;$/);
  });

  it('give of copies of other packages only what Mastra takes of them', () => {
    for (const version of ['sdk-v4', 'sdk-v5', 'v6']) {
      const file = packages(`schema-compat/dist/_types/@internal_ai-${version}/dist/index.d.ts`);
      const given = namesIn(declarationForAnalysis(file, readFileSync(file, 'utf8')));
      assert.deepEqual(given, ['Schema', 'jsonSchema']);
      const taken = takenFrom(packages('schema-compat/dist'), `@internal_ai-${version}/`);
      assert.deepEqual(
        [...taken].filter((name) => !given.includes(name)),
        [],
        `${version} is used for more`,
      );
    }
    const file = packages('core/dist/_types/@internal_voice/dist/_types/@internal_ai-sdk-v5/dist/index.d.ts');
    const given = namesIn(declarationForAnalysis(file, readFileSync(file, 'utf8')));
    assert.deepEqual(given, ['SpeechModel', 'TranscriptionModel']);
    const taken = takenFrom(packages('core/dist/_types/@internal_voice/dist'), '@internal_ai-sdk-v5/');
    assert.deepEqual(
      [...taken].filter((name) => !given.includes(name)),
      [],
      'voice uses more',
    );
  });

  it('leave out the names of models', () => {
    const file = packages('core/dist/llm/model/provider-types.generated.d.ts');
    const reworded = declarationForAnalysis(file, readFileSync(file, 'utf8')) ?? '';
    assert.match(
      reworded,
      /^export type ProviderModelsMap = \{ readonly \[provider: string\]: readonly string\[\] \};$/m,
    );
    assert.match(reworded, /^export type ModelRouterModelId =$/m);
    assert.ok(reworded.split('\n').length < 60, reworded);
  });

  it('leave what they do not know as it is', () => {
    const other = 'export type StepParams = { execute: () => Promise<void> };';
    assert.equal(declarationForAnalysis(installed('types.d.ts'), other), undefined);
    assert.equal(declarationForAnalysis(installed('step.d.ts'), other), undefined);
    assert.ok(!isRewordedDeclaration('/project/src/types.d.ts'));
  });
});

/** The lines that are other ones in the declaration file of the installed version. */
function changesOf(name: string, count: number): readonly string[] {
  const file = installed(name);
  assert.ok(isRewordedDeclaration(file));
  const text = readFileSync(file, 'utf8');
  const reworded = declarationForAnalysis(file, text);
  assert.ok(reworded !== undefined, `${name} is worded in another way`);
  const lines = text.split('\n');
  const changed = reworded.split('\n').filter((line, index) => line !== lines[index]);
  assert.equal(changed.length, count);
  return changed;
}

function installed(name: string): string {
  const url = new URL(`../../node_modules/@mastra/core/dist/workflows/${name}`, import.meta.url);
  return fileURLToPath(url).replaceAll('\\', '/');
}

function packages(file: string): string {
  return fileURLToPath(new URL(`../../node_modules/@mastra/${file}`, import.meta.url)).replaceAll('\\', '/');
}

function namesIn(declarations: string | undefined): readonly string[] {
  return [...(declarations ?? '').matchAll(/^export declare (?:type|function) (\w+)/gm)].map(([, name = '']) => name);
}

/** What the declaration files below `folder` import from modules whose path has `part` in it. */
function takenFrom(folder: string, part: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.d.ts') || entry.includes(part)) continue;
    for (const line of readFileSync(path.join(folder, entry), 'utf8').split('\n')) {
      if (!line.includes(part)) continue;
      const list = /[{]([^}]*)[}] from/.exec(line)?.[1] ?? /import\("[^"]*"\)\.(\w+)/.exec(line)?.[1] ?? '?';
      for (const name of list.split(',')) names.add(name.trim().replace(/^type | as .*$/g, ''));
    }
  }
  return names;
}
