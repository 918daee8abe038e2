import assert from 'node:assert/strict';
import { workflowItems, type Offer } from '../../client/src/commands/pick.ts';
import type { WorkflowSummary } from '../../common/protocol/index.ts';

function summary(id: string, file: string, more: Partial<WorkflowSummary> = {}): WorkflowSummary {
  const uri = `file:///project/${file}`;
  return {
    key: `${file}#${id}`,
    uri,
    id,
    name: `${id}Workflow`,
    exportName: `${id}Workflow`,
    description: undefined,
    line: 4,
    steps: 2,
    ...more,
  };
}

const workflows = [
  summary('ship', 'b.ts'),
  summary('pack', 'b.ts'),
  summary('audit', 'a.ts'),
  summary('zip', 'c.ts', { description: 'Zips it' }),
];

const nothing: Offer = {
  atCursor: undefined,
  last: undefined,
  file: undefined,
  relativePath: (uri) => uri.replace('file:///project/', ''),
};

const labels = (offer: Partial<Offer>) => workflowItems(workflows, { ...nothing, ...offer }).map(({ label }) => label);

describe('workflow picker', () => {
  it('lists by name', () => {
    assert.deepEqual(labels({}), ['audit', 'pack', 'ship', 'zip']);
  });

  it('puts the workflow at the cursor first, then the last one used, then those of the file', () => {
    const offer = { atCursor: 'b.ts#ship', last: 'c.ts#zip', file: 'file:///project/b.ts' };
    assert.deepEqual(labels(offer), ['ship', 'zip', 'pack', 'audit']);
  });

  it('says where a workflow is, and why it comes first', () => {
    const [first, second] = workflowItems(workflows, { ...nothing, atCursor: 'c.ts#zip', last: 'b.ts#ship' });
    assert.equal(first?.description, 'at the cursor · zipWorkflow · c.ts:5');
    assert.equal(first.detail, 'Zips it');
    assert.equal(second?.description, 'last used · shipWorkflow · b.ts:5');
  });

  it('names workflows whose id is not known', () => {
    const items = workflowItems(
      [
        summary('x', 'a.ts', { id: undefined, exportName: 'default' }),
        summary('y', 'a.ts', { id: undefined, name: undefined, exportName: undefined }),
      ],
      nothing,
    );
    assert.deepEqual(
      items.map(({ label, description }) => [label, description]),
      [
        ['Unnamed workflow', 'a.ts:5'],
        ['xWorkflow', 'xWorkflow · a.ts:5'],
      ],
    );
  });
});
