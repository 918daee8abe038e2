/**
 * Several programs of one config, which share the files that they read: a program checks types on one core only, and the
 * native process answers questions about different programs at the same time.
 */
import { availableParallelism } from 'node:os';
import type { Project } from 'typescript/unstable/async';
import { fileKey } from './files.ts';

/** A further program finds all files and the types of all packages anew, about as much work as this many files. */
const filesPerProgram = 20;
/** Each takes hundreds of megabytes. */
const mostPrograms = 4;

/** How many programs finish soonest with so many files. */
export function programsFor(files: number, cores: number = availableParallelism()): number {
  return Math.max(1, Math.min(mostPrograms, cores, Math.floor(files / filesPerProgram)));
}

const ofCopy = /\.side-by-side-\d+\.json$/;

/**
 * The name under which the config `config` is opened once more, for its program `index`; 0 is the config itself. It
 * stands in the same folder, so that all that the config says means the same there.
 */
export function copyOfConfig(config: string, index: number): string {
  return index === 0 ? config : config.replace(/\.json$/, `.side-by-side-${String(index)}.json`);
}

/** The config that `file` is a copy of; `file` itself when it is none. */
export function originalOfConfig(file: string): string {
  return file.replace(ofCopy, '.json');
}

/**
 * Finds the program to ask for the syntax tree of a file, of all that share one config: the one that was asked first.
 * They all have the same tree of it, and it is large to send.
 */
export type TreeHolder = (file: string, asking: Project) => Project;

/** For the programs of one config in one snapshot. */
export function createTreeHolder(): TreeHolder {
  const holders = new Map<string, Project>();
  return (file, asking) => {
    const key = fileKey(file);
    const holder = holders.get(key) ?? asking;
    holders.set(key, holder);
    return holder;
  };
}
