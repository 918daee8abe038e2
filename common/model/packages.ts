/** Packages as the code of a file finds them in `node_modules`. */

export interface InstalledPackage {
  readonly version: string;
  /** Version of the `@mastra/core` that the package itself finds; undefined when it finds none. */
  readonly core: string | undefined;
}

/** The packages that the files of a folder import, or run by `npx`, by name. */
export type InstalledPackages = ReadonlyMap<string, InstalledPackage>;
