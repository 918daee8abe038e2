/**
 * What the modules of a project do to each other when they are loaded: which they load, what they export, and which
 * imported values they read at once. Told only of modules that load each other in a circle, of what leads
 * there, and of what loads others while the program runs.
 */
import type { Range } from './text.ts';

export interface ModuleModel {
  readonly file: string;
  /** The modules of the project that it imports from or re-exports, in source order; what only types need is left out. */
  readonly links: readonly ModuleLink[];
  /** By exported name. */
  readonly exports: ReadonlyMap<string, ModuleExport>;
  /** Indices of the links that are `export * from`. */
  readonly stars: readonly number[];
  /** In source order. */
  readonly reads: readonly ModuleRead[];
  /** It is suspended while it is loaded: by an `await` outside any function. */
  readonly awaits: boolean;
  /** It may load more than `links`: an import that leads nowhere, or to JavaScript. */
  readonly open: boolean;
  /** The specifiers of `import('...')`. */
  readonly lazy: readonly string[];
}

export interface ModuleLink {
  readonly target: string;
  /** The specifier, with its quotes. */
  readonly range: Range;
  /** What it needs of the target. Compilers leave an import out of which no value is used. */
  readonly needs: 'module' | readonly NeededName[];
}

export interface NeededName {
  readonly name: string;
  /** False where the importing file uses it as a type only, or not at all. */
  readonly used: boolean;
}

export type ModuleExport =
  /** `late`: `const`, `let` or a class, which cannot be read before its line has run; `early`: a function, or undefined until then. */
  | { readonly kind: 'late' | 'early' | 'type'; readonly range: Range }
  | { readonly kind: 'linked'; readonly link: number; readonly name: string };

/** An imported value that is certainly read while the module is loaded: outside any function, and under no condition. */
export interface ModuleRead {
  readonly link: number;
  /** As the target calls it. */
  readonly name: string;
  /** As the source writes it. */
  readonly text: string;
  readonly range: Range;
}
