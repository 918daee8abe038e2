/** The modules that are certainly loaded first, because something outside the project does it. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { ModuleModel } from '../../../../common/model/modules.ts';
import type { Modules } from './linking.ts';

export interface Entry {
  readonly file: string;
  /** `mastra dev` and `mastra build` begin with the file that makes the Mastra instance. */
  readonly isMastra: boolean;
}

export function entriesOf(project: ProjectModel, modules: Modules): readonly Entry[] {
  const mastra = new Set(factsOf(project, 'registry').map(({ file }) => file));
  const all = [...modules.values()];
  const imported = new Set(all.flatMap(({ links }) => links.map(({ target }) => target)));
  const lazy = new Set(all.flatMap((module) => module.lazy.map(stemOf)));
  return all
    .filter((module) => !isTest.test(module.file))
    .flatMap((module): readonly Entry[] => {
      const { file } = module;
      if (mastra.has(file)) return [{ file, isMastra: true }];
      // What is imported while the program runs finds some modules loaded already.
      const isFirst = !imported.has(file) && !lazy.has(stemOf(file));
      return isFirst && (isScript(module) || isPage.test(file)) ? [{ file, isMastra: false }] : [];
    })
    .sort((a, b) => Number(b.isMastra) - Number(a.isMastra));
}

/** Nobody imports what exports nothing: it is started. */
function isScript({ exports, stars }: ModuleModel): boolean {
  return exports.size === 0 && stars.length === 0;
}

/** Test runners replace modules by others. */
const isTest = /\.(?:test|spec|e2e)\.[mc]?tsx?$|\/(?:__tests__|__mocks__|tests?)\//;

/** Files that Next.js loads by their names. */
const isPage = /\/(?:app\/(?:.*\/)?(?:route|page|layout)|pages\/.*)\.tsx?$/;

function stemOf(path: string): string {
  return (/[^/]*$/.exec(path)?.[0] ?? path).replace(/\.[mc]?[jt]sx?$/, '');
}
