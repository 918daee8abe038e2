/** Small projects in a temporary folder, and an engine that answers what a variable's type is. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEngine, type Engine, type EngineOptions, type EngineState } from '../../server/src/typescript/engine.ts';
import { isVariableDeclaration, nameText, walk, type Node } from '../../server/src/typescript/ast.ts';
import type { Program } from '../../server/src/typescript/program.ts';

const nodeModules = path.resolve(import.meta.dirname, '../../node_modules');

export interface TestProject {
  readonly folder: string;
  file(name: string): string;
  write(name: string, text: string): void;
  remove(name: string): void;
  /** Links an installed package of this repository into the project. */
  install(...packages: readonly string[]): void;
  dispose(): void;
}

/** `files`: path -> text. `name` becomes part of the folder's name. */
export function makeProject(files: Readonly<Record<string, string>>, name = 'engine'): TestProject {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), `mastra-${name}-`)));
  const project: TestProject = {
    folder,
    file: (file) => path.join(folder, file),
    write(file, text) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    },
    remove: (file) => {
      rmSync(path.join(folder, file));
    },
    install(...packages) {
      for (const name of packages) {
        const target = path.join(folder, 'node_modules', name);
        mkdirSync(path.dirname(target), { recursive: true });
        symlinkSync(path.join(nodeModules, name), target, 'junction');
      }
    },
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const [file, text] of Object.entries(files)) project.write(file, text);
  return project;
}

export interface TestEngine {
  readonly engine: Engine;
  readonly states: readonly EngineState[];
  readonly log: readonly string[];
  /** Process id of the native process that runs now. */
  processId(): number;
  /** Gives a file unsaved text; undefined goes back to the text on disk. */
  type(file: string, text: string | undefined): void;
  /** Type of a top-level variable, as TypeScript writes it. */
  typeOf(file: string, variable: string): Promise<string | undefined>;
  /** The config of the program that a file belongs to, relative to the project. */
  configOf(file: string): Promise<string | undefined>;
  textOf(file: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export function openEngine(
  project: TestProject,
  options: Pick<EngineOptions, 'requestSeconds' | 'programsPerConfig'> = {},
): TestEngine {
  const buffers = new Map<string, string>();
  const states: EngineState[] = [];
  const log: string[] = [];
  const engine = startEngine({
    folder: project.folder,
    buffer: (file) => buffers.get(file),
    log: (message) => log.push(message),
    onState: (state) => states.push(state),
    ...options,
  });
  const inProgram = <T>(file: string, use: (program: Program | undefined) => Promise<T>) =>
    engine.read([project.file(file)], async (programs) => use(await programs.programFor(project.file(file))));
  return {
    engine,
    states,
    log,
    processId() {
      const running = states.findLast((state) => state.kind === 'running');
      if (running?.processId === undefined) throw new Error('The engine is not running.');
      return running.processId;
    },
    type(file, text) {
      if (text === undefined) buffers.delete(project.file(file));
      else buffers.set(project.file(file), text);
      engine.changed({ changed: [project.file(file)] });
    },
    typeOf: (file, variable) => inProgram(file, (program) => typeOf(program, project.file(file), variable)),
    configOf: (file) =>
      inProgram(file, (program) => {
        const config = program?.configFile;
        return Promise.resolve(config === undefined ? undefined : path.relative(project.folder, config));
      }),
    textOf: (file) => inProgram(file, async (program) => (await program?.sourceFile(project.file(file)))?.text),
    close: () => engine.close(),
  };
}

async function typeOf(program: Program | undefined, file: string, variable: string): Promise<string | undefined> {
  const source = await program?.sourceFile(file);
  if (program === undefined || source === undefined) throw new Error(`${file} is in no program.`);
  let name: Node | undefined;
  walk(source, (node) => {
    if (isVariableDeclaration(node) && nameText(node.name) === variable) name ??= node.name;
  });
  const type = name === undefined ? undefined : await program.typeAt(name);
  return type === undefined ? undefined : program.typeText(type);
}
