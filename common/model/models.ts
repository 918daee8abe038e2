/** The models that Mastra's router knows by name (`provider/model`), as the installed `@mastra/core` lists them. */

export interface ModelRegistry {
  /** Version of the `@mastra/core` that it belongs to. */
  readonly version: string;
  /** By the provider's id, the first part of `provider/model`. */
  readonly providers: ReadonlyMap<string, ModelProvider>;
}

export interface ModelProvider {
  readonly id: string;
  /** The name for people: `OpenAI`. */
  readonly name: string;
  /** Ids without the provider; they may contain `/`. */
  readonly models: readonly string[];
  /** Those of `models` that the provider is going to switch off. */
  readonly deprecated: readonly string[];
  /** Environment variables of which one holds the key. Empty when it is not known how the provider gets its key. */
  readonly variables: readonly string[];
  /** Where the provider describes its models. */
  readonly documentation: string | undefined;
}

/** What a file's code finds in its environment, by name: values are never read. */
export interface EnvironmentNames {
  /** The `.env*` files that count for the file, absolute. */
  readonly files: readonly string[];
  /** Variables that these files or the environment of the server name. */
  readonly names: readonly string[];
}
