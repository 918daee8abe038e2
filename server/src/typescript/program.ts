/** The read side of one tsconfig's program in one snapshot. */
import type { Checker, Project } from 'typescript/unstable/async';
import type { SourceFile } from 'typescript/unstable/ast';

export interface Program {
  /** Absolute path of the tsconfig; undefined for files outside any tsconfig. */
  readonly configFile: string | undefined;
  readonly checker: Checker;
  /** Undefined when the file is not part of this program. */
  sourceFile(file: string): Promise<SourceFile | undefined>;
}

/** The name that TypeScript gives to the program of files outside any tsconfig. */
const inferredConfigFile = '/dev/null/inferred';

export function programOf(project: Project): Program {
  return {
    configFile: project.configFileName === inferredConfigFile ? undefined : project.configFileName,
    checker: project.checker,
    sourceFile: (file) => project.program.getSourceFile(file),
  };
}
