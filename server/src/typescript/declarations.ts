/** Declarations of Mastra that are served in another wording, because the analysis asks only a part of what they say. */

const stepParameters = /\/@mastra\/core\/dist\/workflows\/types\.d\.ts$/;
const returnOfExecute = /(\bexecute: ExecuteFunction<[^;]*?), InferPublicSchema<TOutputSchema>,/;

/** True for files that `declarationForAnalysis` may have another text for. */
export function isRewordedDeclaration(file: string): boolean {
  return stepParameters.test(file);
}

/**
 * `createStep` has eight overloads, of which the first is for steps that are written out. TypeScript first looks for one
 * that fits without any conversion, and what `execute` returns rarely does (a literal for a string, an optional field
 * left out): it then resolves the types of agents, tools and processors, too, which takes longer than all the rest of a
 * file. Whether `execute` keeps its promise is for the compiler to say; here it may return anything. Measured on 20 files
 * of 20 steps: half of the time from an edit to its diagnostics.
 *
 * Undefined where the declaration is worded in another way, as in other versions: then nothing is replaced.
 */
export function declarationForAnalysis(text: string): string | undefined {
  return returnOfExecute.test(text) ? text.replace(returnOfExecute, '$1, any,') : undefined;
}
