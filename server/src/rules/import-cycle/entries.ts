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
  const root = commonFolder(project.files);
  return all
    .filter(({ file }) => !isTest.test(file.slice(root.length)))
    .flatMap((module): readonly Entry[] => {
      const { file } = module;
      if (mastra.has(file)) return [{ file, isMastra: true }];
      // What is imported while the program runs finds some modules loaded already.
      const isFirst = !imported.has(file) && !lazy.has(stemOf(file));
      return isFirst && (isScript(module) || isPage.test(file.slice(root.length))) ? [{ file, isMastra: false }] : [];
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

/** The folder that holds all files, without a slash at its end: what lies above says nothing about them. */
function commonFolder(files: readonly string[]): string {
  const [first = [], ...others] = files.map((file) => file.split('/').slice(0, -1));
  let count = first.length;
  for (const parts of others) {
    while (count > 0 && first.slice(0, count).join('/') !== parts.slice(0, count).join('/')) count -= 1;
  }
  return first.slice(0, count).join('/');
}
