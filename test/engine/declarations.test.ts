/** The analysis reads Mastra's declarations in a wording of its own; the wording of the supported version must be known. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
