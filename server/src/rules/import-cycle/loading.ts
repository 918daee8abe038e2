/** The order in which modules run, as ECMAScript defines it: what a module imports comes first, in the order of its imports. */
import type { Location } from '../../../../common/model/text.ts';
import type { ModuleModel, ModuleRead } from '../../../../common/model/modules.ts';
import { lateDeclaration, type ModuleGraph } from './linking.ts';

/** A value that is read before the line that gives it has run. */
export interface EarlyRead {
  readonly reader: ModuleModel;
  readonly read: ModuleRead;
  readonly declaration: Location;
}

/**
 * Loads `entry`, before which nothing else was loaded, and answers with what the first module that fails reads too early.
 * Empty where nothing certainly fails.
 */
export function load(graph: ModuleGraph, entry: string): readonly EarlyRead[] {
  const states = new Map<string, 'loading' | 'run'>();
  const failed: EarlyRead[] = [];
  /** Modules that may load what is not known, and modules that wait for something while they run. */
  const open: string[] = [];
  const waiting: string[] = [];

  function visit(file: string): void {
    const module = graph.modules.get(file);
    if (module === undefined || states.has(file)) return;
    states.set(file, 'loading');
    if (module.open) open.push(file);
    for (const { target } of graph.links.get(file) ?? []) visit(target);
    if (failed.length > 0) return;
    if (module.awaits) waiting.push(file);
    failed.push(...earlyReads(module));
    states.set(file, 'run');
  }

  function earlyReads(reader: ModuleModel): readonly EarlyRead[] {
    return reader.reads.flatMap((read) => {
      const declaration = lateDeclaration(graph.modules, reader, read);
      if (declaration === undefined || declaration.file === reader.file) return [];
      const state = states.get(declaration.file);
      // A module that waits for others may be overtaken by those that it does not import, but not by what imports it.
      const isEarly = state === 'loading' || (state === undefined && waiting.length === 0);
      return isEarly ? [{ reader, read, declaration }] : [];
    });
  }

  visit(entry);
  return open.length === 0 ? failed : [];
}
