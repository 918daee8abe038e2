/** A project of inline files as the language features see it: its model with shapes, and places in its sources. */
import path from 'node:path';
import type { Position, ProjectModel } from '../../common/model/index.ts';
import { uriOfFile } from '../../server/src/typescript/files.ts';
import { startSuite, type ExtractSuite } from '../extract/project.ts';

export interface FeatureProject {
  readonly project: ProjectModel;
  /** The absolute path of a file. */
  readonly file: (name: string) => string;
  readonly text: (name: string) => string;
  /** The place of the cursor in the `occurrence`-th appearance (from 1) of `search`, at its `|` or else its start. */
  readonly at: (name: string, search: string, occurrence?: number) => Position;
  /** URIs with the folder of the fixture cut off. */
  readonly uriOf: (file: string) => string;
}

async function featureProject(suite: ExtractSuite, files: Readonly<Record<string, string>>): Promise<FeatureProject> {
  const { folder, models, workflows } = await suite.extract(files);
  const text = (name: string): string => {
    const found = files[name];
    if (found === undefined) throw new Error(`There is no file ${name}.`);
    return found;
  };
  return {
    project: {
      workflows: new Map(workflows.map((workflow) => [workflow.key, workflow])),
      uses: models.flatMap(({ uses }) => uses),
      files: models.map(({ file }) => file),
      opaque: models.flatMap(({ opaque }) => opaque),
      facts: models.flatMap(({ facts }) => facts),
      mastra: { kind: 'installed', version: '1.71.0' },
    },
    file: (name) => path.join(folder, name),
    text,
    at(name, search, occurrence = 1) {
      const cursor = Math.max(search.indexOf('|'), 0);
      const wanted = search.replace('|', '');
      let start = -1;
      for (let count = 0; count < occurrence; count += 1) {
        start = text(name).indexOf(wanted, start + 1);
        if (start < 0) throw new Error(`${name} does not contain ${JSON.stringify(wanted)} so often.`);
      }
      const before = text(name)
        .slice(0, start + cursor)
        .split('\n');
      return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    },
    uriOf: (file) => uriOfFile(file).replace(uriOfFile(folder), 'project:'),
  };
}

export interface SampleSuite {
  /** There once the tests of the suite run. */
  readonly sample: FeatureProject;
  /** Another project in the same engine. */
  readonly read: (files: Readonly<Record<string, string>>) => Promise<FeatureProject>;
}

/** Reads a sample project before the tests of the suite that this is called in, and closes it after them. */
export function sampleSuite(files: Readonly<Record<string, string>>): SampleSuite {
  let started: { readonly suite: ExtractSuite; readonly sample: FeatureProject } | undefined;
  const running = () => {
    if (started === undefined) throw new Error('The sample is read before the tests, not before that.');
    return started;
  };
  before(async () => {
    const suite = startSuite();
    started = { suite, sample: await featureProject(suite, files) };
  });
  after(() => started?.suite.close());
  return {
    get sample() {
      return running().sample;
    },
    read: (other) => featureProject(running().suite, other),
  };
}
