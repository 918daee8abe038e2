/** Declarations of Mastra that are served in another wording, because the analysis asks only a part of what they say. */

interface Rewording {
  readonly file: RegExp;
  readonly text: RegExp;
  readonly becomes: string;
}

const rewordings: readonly Rewording[] = [
  /**
   * `StepParams`, what `createStep` takes. It has eight overloads, of which the first is for steps that are written out.
   * TypeScript first looks for one that fits without any conversion, and what `execute` returns rarely does (a literal for
   * a string, an optional field left out): it then resolves the types of agents, tools and processors, too, which takes
   * longer than all the rest of a file. Whether `execute` keeps its promise is for the compiler to say; here it may return
   * anything. Measured on 20 files of 20 steps: half of the time from an edit to its diagnostics.
   */
  {
    file: /\/@mastra\/core\/dist\/workflows\/types\.d\.ts$/,
    text: /(\bexecute: ExecuteFunction<[^;]*?), InferPublicSchema<TOutputSchema>,/,
    becomes: '$1, any,',
  },
  /**
   * Whether a schema is one of the five kinds that Mastra takes is for the compiler to say, too. Comparing it with all of
   * them takes a tenth of the time.
   */
  {
    file: /\/@mastra\/core\/dist\/workflows\/types\.d\.ts$/,
    text: /^(export type StepParams<.*?)TInputSchema extends PublicSchema<any>, TOutputSchema extends PublicSchema<any>,/m,
    becomes: '$1TInputSchema, TOutputSchema,',
  },
  {
    file: /\/@mastra\/core\/dist\/workflows\/workflow\.d\.ts$/,
    text: /^(export declare function createStep<.*?)TInputSchema extends PublicSchema, TOutputSchema extends PublicSchema,/gm,
    becomes: '$1TInputSchema, TOutputSchema,',
  },
  /** `.then(step)`: whether the step takes what arrives is what the analysis finds out by itself, with reasons. */
  {
    file: /\/@mastra\/core\/dist\/workflows\/workflow\.d\.ts$/,
    text: /^( +then)<TStepId extends string, TStepState, TStepInput, TSchemaOut>\(step: Step<[^()]*>\): (?=Workflow<)/m,
    becomes: '$1<TSchemaOut>(step: Step<any, any, any, TSchemaOut, any, any, any, any>): ',
  },
  /**
   * `Step`, what a chain takes. Its schemas say what goes in and out; whether the function says the same was checked where
   * the step was made. Measured on 100 files of 20 steps: an eighth of the time.
   */
  {
    file: /\/@mastra\/core\/dist\/workflows\/step\.d\.ts$/,
    text: /^( +)execute: ExecuteFunction<TState, TInput, TOutput, TResume, TSuspend, TEngineType, TRequestContext>;$/m,
    becomes: '$1execute: (...parameters: any[]) => any;',
  },
  /**
   * Copies of the AI SDK's declarations that Mastra's packages carry for one or two names of them, which are given as far as
   * data flows through them. Reading them is a seventh of reading everything that a workflow imports.
   */
  {
    file: /\/@mastra\/schema-compat\/dist\/_types\/@internal_ai-(?:sdk-)?v\d+\/dist\/index\.d\.ts$/,
    text: /[^]*^export declare type Schema<OBJECT = unknown> = [^]*/m,
    becomes: [
      'export declare type Schema<OBJECT = unknown> = { _type: OBJECT };',
      'export declare function jsonSchema<OBJECT = unknown>(...parameters: any[]): Schema<OBJECT>;',
      '',
    ].join('\n'),
  },
  {
    file: /\/@internal_voice\/dist\/_types\/@internal_ai-sdk-v\d+\/dist\/index\.d\.ts$/,
    text: /[^]*^export declare type SpeechModel = [^]*^export declare type TranscriptionModel = [^]*/m,
    becomes: 'export declare type SpeechModel = any;\nexport declare type TranscriptionModel = any;\n',
  },
  /** The names of thousands of models. Which of them there are, the registry beside it says, and any other text is allowed, too. */
  {
    file: /\/@mastra\/core\/dist\/llm\/model\/provider-types\.generated\.d\.ts$/,
    text: /^export type ProviderModelsMap = \{\n[^]*?^\};/m,
    becomes: 'export type ProviderModelsMap = { readonly [provider: string]: readonly string[] };',
  },
];

/** True for files that `declarationForAnalysis` may have another text for. */
export function isRewordedDeclaration(file: string): boolean {
  return rewordings.some((rewording) => rewording.file.test(file));
}

/**
 * The text of the declaration file `file` as the analysis reads it. Undefined where it is worded in another way, as in
 * other versions: then nothing is replaced.
 */
export function declarationForAnalysis(file: string, text: string): string | undefined {
  const reworded = rewordings
    .filter((rewording) => rewording.file.test(file))
    .reduce((before, rewording) => before.replace(rewording.text, rewording.becomes), text);
  return reworded === text ? undefined : reworded;
}
