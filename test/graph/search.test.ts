/** Finding steps by their id, also where they are folded away. */
import assert from 'node:assert/strict';
import { findNodes, searchCount, searchFor, stepSearch } from '../../webview/src/search/find.ts';
import { initialState, reduce } from '../../webview/src/state.ts';
import { target } from '../webview/target.ts';
import { modelOf } from './graph-of.ts';
import { everything, everythingKey } from './samples.ts';

const model = modelOf(everything, everythingKey, []);
const packing = ['fulfil-order/pack-order', 'foreach~2/pack-order'];

describe('search for steps', () => {
  it('finds parts of ids, whatever their case, in the order of the flow', () => {
    assert.deepEqual(findNodes(model, 'PACK'), packing);
    assert.deepEqual(findNodes(model, ' charge-card '), ['dountil/charge-card']);
  });

  it('finds what a run names otherwise than the drawing does', () => {
    assert.deepEqual(findNodes(model, 'mapping_fulfil-order_0'), ['fulfil-order/map']);
  });

  it('finds nothing for nothing, and no ends of workflows', () => {
    assert.deepEqual(findNodes(model, '  '), []);
    assert.deepEqual(findNodes(model, 'start'), []);
  });

  it('begins behind where one is, and goes around', () => {
    const found = searchFor(model, 'check', undefined, 'parallel/check-credit');
    assert.equal(found.current, 'parallel/check-credit');
    assert.equal(stepSearch(found, 'next').current, 'parallel/check-stock');
    assert.equal(stepSearch(found, 'previous').current, 'parallel/check-stock');
    assert.equal(searchCount(found), '2 of 2');
  });

  it('stays on its match while one types on', () => {
    const found = searchFor(model, 'pack', packing[1], '$start');
    assert.equal(searchFor(model, 'pack-', found.current, '$start').current, packing[1]);
  });

  it('says so when there is nothing to find', () => {
    const vain = searchFor(model, 'nothing like it', undefined, undefined);
    assert.equal(searchCount(vain), 'No step found');
    assert.deepEqual(stepSearch(vain, 'next'), vain);
  });

  it('opens what hides the match, and lights what hides the others', () => {
    const host = { target, graph: model, notice: undefined, canRun: true, pinned: undefined };
    const shown = reduce(initialState({ selected: undefined, folded: ['fulfil-order', ...packing] }), {
      type: 'host',
      state: host,
      now: 0,
    });
    const first = reduce(shown, { type: 'search', query: 'weigh' });
    assert.equal(first.search?.current, 'fulfil-order/pack-order/weigh');
    assert.deepEqual([...(first.folded ?? [])], ['foreach~2/pack-order']);
    assert.deepEqual([...first.found], ['fulfil-order/pack-order/weigh', 'foreach~2/pack-order']);
    const second = reduce(first, { type: 'search-step', direction: 'next' });
    assert.deepEqual([...(second.folded ?? [])], []);
    assert.equal(second.focused, 'foreach~2/pack-order/weigh');
    assert.equal(reduce(second, { type: 'close-search' }).found.size, 0);
  });
});
