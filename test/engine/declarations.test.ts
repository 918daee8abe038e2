/** The analysis reads Mastra's declarations in a wording of its own; the wording of the supported version must be known. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { declarationForAnalysis, isRewordedDeclaration } from '../../server/src/typescript/declarations.ts';

const installed = fileURLToPath(
  new URL('../../node_modules/@mastra/core/dist/workflows/types.d.ts', import.meta.url),
).replaceAll('\\', '/');

describe('declarations for the analysis', () => {
  it('let a step of the installed @mastra/core return anything, and say all else as before', () => {
    assert.ok(isRewordedDeclaration(installed));
    const text = readFileSync(installed, 'utf8');
    const reworded = declarationForAnalysis(text);
    assert.ok(reworded !== undefined, 'the declaration of StepParams is worded in another way');
    const changed = reworded.split('\n').filter((line, index) => line !== text.split('\n')[index]);
    assert.equal(changed.length, 1);
    assert.match(changed[0] ?? '', /^\s*execute: ExecuteFunction<.*InferParsedPublicSchema<TInputSchema>, any, /);
  });

  it('leave what they do not know as it is', () => {
    assert.equal(declarationForAnalysis('export type StepParams = { execute: () => Promise<void> };'), undefined);
    assert.ok(!isRewordedDeclaration('/project/src/types.d.ts'));
  });
});
