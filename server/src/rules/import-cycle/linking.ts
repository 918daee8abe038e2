/** Which modules load which, and where an imported name is declared. */
import type { Location } from '../../../../common/model/text.ts';
import type { ModuleLink, ModuleModel, ModuleRead } from '../../../../common/model/modules.ts';

export type Modules = ReadonlyMap<string, ModuleModel>;

/** The modules as one way of compiling them leaves them. */
export interface ModuleGraph {
  readonly modules: Modules;
  /** The links that are there at run time, by file. */
  readonly links: ReadonlyMap<string, readonly ModuleLink[]>;
}

/** Compilers differ in whether they keep an import of which no value is used: both ways count. */
export function waysOfCompiling(modules: Modules): readonly ModuleGraph[] {
  return [true, false].map((keepsUnused) => ({
    modules,
    links: new Map(
      [...modules.values()].map(({ file, links }) => [
        file,
        links.filter((link) => keepsUnused || isNeeded(modules, link)),
      ]),
    ),
  }));
}

function isNeeded(modules: Modules, { needs, target }: ModuleLink): boolean {
  if (needs === 'module') return true;
  return needs.some(({ name, used }) => {
    if (!used) return false;
    const found = name === '*' ? 'module' : declarationOf(modules, target, name);
    return found === 'module' || (found !== undefined && found.kind !== 'type');
  });
}

/** The `const`, `let` or class that is read; undefined for what is there before its line has run, or is not known. */
export function lateDeclaration(modules: Modules, reader: ModuleModel, read: ModuleRead): Location | undefined {
  const target = reader.links[read.link]?.target;
  const found = target === undefined ? undefined : declarationOf(modules, target, read.name);
  return found !== undefined && found !== 'module' && found.kind === 'late' ? found : undefined;
}

interface Declaration extends Location {
  readonly kind: 'late' | 'early' | 'type';
}

/** Follows re-exports. */
function declarationOf(
  modules: Modules,
  file: string,
  name: string,
  seen: ReadonlySet<string> = new Set(),
): Declaration | 'module' | undefined {
  if (name === '*') return 'module';
  const module = modules.get(file);
  if (module === undefined || seen.has(file)) return undefined;
  const further = new Set([...seen, file]);
  const found = module.exports.get(name);
  if (found === undefined) {
    if (name === 'default') return undefined;
    for (const link of module.stars) {
      const target = module.links[link]?.target;
      const starred = target === undefined ? undefined : declarationOf(modules, target, name, further);
      if (starred !== undefined) return starred;
    }
    return undefined;
  }
  if (found.kind !== 'linked') return { file, kind: found.kind, range: found.range };
  const target = module.links[found.link]?.target;
  return target === undefined ? undefined : declarationOf(modules, target, found.name, further);
}

/** The modules that lead to each other, with the module itself; empty where it leads nowhere back. */
export function circleAround({ links }: ModuleGraph, file: string): readonly string[] {
  const ahead = reachable(file, (each) => (links.get(each) ?? []).map(({ target }) => target));
  const back = new Map<string, string[]>();
  for (const [from, each] of links) {
    for (const { target } of each) back.set(target, [...(back.get(target) ?? []), from]);
  }
  const behind = reachable(file, (each) => back.get(each) ?? []);
  return [...ahead].filter((each) => behind.has(each));
}

/** What is reached by one step or more. */
export function reachable(start: string, next: (file: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...next(start)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    waiting.push(...next(file));
  }
  return seen;
}

export interface Loads {
  readonly file: string;
  readonly link: ModuleLink;
}

/** The fewest imports that lead from one module to another; undefined when there is no way. */
export function shortestWay({ links }: ModuleGraph, start: string, goal: string): readonly Loads[] | undefined {
  const seen = new Set([start]);
  let ways: readonly (readonly Loads[])[] = [[]];
  while (ways.length > 0) {
    const longer: (readonly Loads[])[] = [];
    for (const way of ways) {
      const file = way.at(-1)?.link.target ?? start;
      for (const link of links.get(file) ?? []) {
        if (link.target === goal) return [...way, { file, link }];
        if (seen.has(link.target)) continue;
        seen.add(link.target);
        longer.push([...way, { file, link }]);
      }
    }
    ways = longer;
  }
  return undefined;
}
