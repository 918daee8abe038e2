/** One project in one engine: its sources, its model, and what is reported when a mutant stands in their place. */
import path from 'node:path';
import type { ProjectModel } from '../../common/model/project.ts';
import type { Range } from '../../common/model/text.ts';
import type { Finding } from '../../common/protocol/rules.ts';
import { createProjectAnalysis } from '../../server/src/project/analyze.ts';
import { discover } from '../../server/src/project/discover.ts';
import { findingsOf } from '../../server/src/rules/index.ts';
import { startEngine } from '../../server/src/typescript/engine.ts';
import { fileKey, normalizeFile } from '../../server/src/typescript/files.ts';
import { mutated, type Change } from './mutant.ts';
import { sitesIn, type Sites } from './sites.ts';

export interface MutationProject {
  readonly folder: string;
  readonly name: string;
  /** As it is on disk, with the shapes of all data. */
  readonly model: ProjectModel;
  readonly findings: readonly Finding[];
  readonly sites: readonly Sites[];
  /** What is reported with these changes, and not without. */
  readonly judge: (changes: readonly Change[]) => Promise<readonly Finding[]>;
  /** The text of a range after these changes. */
  readonly textAt: (file: string, range: Range, changes: readonly Change[]) => string;
  readonly close: () => Promise<void>;
}

export async function openProject(given: string): Promise<MutationProject> {
  const folder = normalizeFile(path.resolve(given));
  const { files } = await discover([folder]);
  const buffers = new Map<string, string>();
  const engine = startEngine({ folder, buffer: (file) => buffers.get(fileKey(file)), log: () => undefined });
  const analysis = createProjectAnalysis({ extract: { shapes: false } });
  try {
    const { model, sites } = await engine.read(files, async (programs) => {
      const withShapes = createProjectAnalysis({ extract: { shapes: true } });
      const { project: model } = await withShapes.update(programs, files, 'everything');
      await analysis.update(programs, files, 'everything');
      const sources = await Promise.all(files.map(async (file) => (await programs.programFor(file))?.sourceFile(file)));
      return { model, sites: sources.flatMap((source) => (source === undefined ? [] : [sitesIn(source)])) };
    });
    const texts = new Map(sites.map(({ file, text }) => [file, text]));
    const findings = findingsOf(model);
    const known = new Set(findings.map(identity));
    let last: readonly string[] = [];

    return {
      folder,
      name: path.basename(folder),
      model,
      findings,
      sites,
      async judge(changes) {
        buffers.clear();
        const changed = [...new Set(changes.map(({ file }) => file))];
        for (const file of changed) buffers.set(fileKey(file), mutated(texts.get(file) ?? '', file, changes));
        // What the mutant before this one changed is as it was again.
        const dirty = [...new Set([...last, ...changed])];
        last = changed;
        engine.changed({ changed: dirty });
        const { project } = await engine.read(files, (programs) => analysis.update(programs, files, dirty));
        return findingsOf(project).filter((finding) => !known.has(identity(finding)));
      },
      textAt(file, { start, end }, changes) {
        const text = mutated(texts.get(file) ?? '', file, changes);
        return text.slice(offsetAt(text, start), offsetAt(text, end));
      },
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The same wherever it stands: a change above a finding makes it no other one. */
function identity({ rule, file, message }: Finding): string {
  return JSON.stringify([rule, file, message]);
}

export function offsetAt(text: string, { line, character }: Range['start']): number {
  let offset = 0;
  for (let at = 0; at < line; at += 1) offset = text.indexOf('\n', offset) + 1;
  return offset + character;
}
