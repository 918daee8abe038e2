import assert from 'node:assert/strict';
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { opaque } from '../../common/model/index.ts';
import type { FlowEntry, WorkflowModel } from '../../common/model/index.ts';
import { keyOf, mapping, nested, parallel, project, sleep, step, unreadable, workflow } from './builder.ts';
import { graphOf } from './graph-of.ts';

/** `node.step` of every mapping of the workflow, in order. */
function mappingSteps(model: WorkflowModel): readonly (string | undefined)[] {
  const graph = graphOf(project(model), model.key, []);
  return graph.nodes.filter((node) => node.kind === 'mapping').map((node) => node.step?.join('/'));
}

const anything = z.any();
const realStep = (id: string) =>
  createStep({ id, inputSchema: anything, outputSchema: anything, execute: () => Promise.resolve({}) });

/** Builds the same chain with the real builder and reads the ids it gives to mappings. */
function realMappingIds(id: string, entries: readonly FlowEntry[]): readonly string[] {
  const chain = createWorkflow({ id, inputSchema: anything, outputSchema: anything });
  for (const entry of entries) {
    if (entry.type === 'mapping') {
      chain.map(() => Promise.resolve({}), entry.id === undefined ? undefined : { id: entry.id });
    } else if (entry.type === 'step' && entry.id.known) chain.then(realStep(entry.id.value));
    else if (entry.type === 'parallel') {
      chain.parallel(
        entry.entries.map((child) => realStep(child.type === 'step' && child.id.known ? child.id.value : 'unknown')),
      );
    } else throw new Error(`not rebuilt: ${entry.type}`);
  }
  return chain.serializedStepGraph.flatMap((entry) => (entry.type === 'mapping' ? [entry.id] : []));
}

describe('ids of mappings in a run', () => {
  const chains: Readonly<Record<string, readonly FlowEntry[]>> = {
    'without an id': [mapping(), step('a'), mapping()],
    'beside named ones, which count': [
      mapping('x', { id: 'first' }),
      mapping(),
      mapping('x', { id: 'third' }),
      mapping(),
    ],
    'where a step has that very id': [step('mapping_w_0'), mapping(), mapping()],
    'where a path of a parallel has that very id': [mapping(), parallel([step('mapping_w_1'), step('b')]), mapping()],
    'where a named mapping took the next number': [mapping('x', { id: 'mapping_w_1' }), mapping(), mapping()],
  };
  for (const [title, entries] of Object.entries(chains)) {
    it(`are those of @mastra/core ${title}`, () => {
      assert.deepEqual(mappingSteps(workflow('w', entries)), realMappingIds('w', entries));
    });
  }

  it('are not told where the workflow has no known id', () => {
    const model = workflow('w', [mapping(), mapping('x', { id: 'named' })], { id: opaque('computed') });
    assert.deepEqual(mappingSteps(model), [undefined, 'named']);
  });

  it('are not told behind a part that cannot be read, nor where the chain was not read as a whole', () => {
    assert.deepEqual(mappingSteps(workflow('w', [mapping(), unreadable('spread'), mapping()])), [
      'mapping_w_0',
      undefined,
    ]);
    assert.deepEqual(mappingSteps(workflow('w', [mapping()], { incomplete: 'built in a loop' })), [undefined]);
  });

  it('continue the path of the nested workflow, with the id it was made with', () => {
    const graph = graphOf(
      project(workflow('outer', [nested('clone', keyOf('inner'))]), workflow('inner', [mapping(), step('a')])),
      keyOf('outer'),
      [],
    );
    assert.deepEqual(
      graph.nodes.flatMap((node) => (node.step === undefined ? [] : [node.step])),
      [['clone'], ['clone', 'mapping_inner_0'], ['clone', 'a']],
    );
  });

  it('end with a step whose id is not known: what is inside has no path either', () => {
    const graph = graphOf(
      project(
        workflow('outer', [nested('x', keyOf('inner'), { id: opaque('computed') })]),
        workflow('inner', [step('a')]),
      ),
      keyOf('outer'),
      [],
    );
    assert.deepEqual(
      graph.nodes.flatMap((node) => (node.step === undefined ? [] : [node.step])),
      [],
    );
  });

  it('are given to sleeps only where the author named them: else the runtime makes a random one', () => {
    const graph = graphOf(project(workflow('w', [sleep(1), sleep(2, { id: 'nap' })])), keyOf('w'), []);
    assert.deepEqual(
      graph.nodes.filter((node) => node.kind === 'sleep').map((node) => node.step),
      [undefined, ['nap']],
    );
  });
});
