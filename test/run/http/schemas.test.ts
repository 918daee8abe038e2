import assert from 'node:assert/strict';
import { issuesOfMessage } from '../../../client/src/run/http/answer.ts';
import { acceptsNothing, inputSchemaOf } from '../../../client/src/run/http/schemas.ts';
import { issuesOf } from '../../../client/src/run/http/validate.ts';
import { recordedDetails } from './recorded.ts';

const wrap = (schema: unknown): string => JSON.stringify({ json: schema });

describe('the schemas of a server', () => {
  it('are unwrapped, and seen from the side of what goes in', () => {
    const stateSchema = wrap({
      type: 'object',
      properties: { total: { default: 0, type: 'number' }, note: { type: 'string' } },
      required: ['total', 'note'],
      additionalProperties: false,
    });
    assert.deepEqual(inputSchemaOf(stateSchema), {
      type: 'object',
      properties: { total: { default: 0, type: 'number' }, note: { type: 'string' } },
      required: ['note'],
    });
    assert.equal(inputSchemaOf(undefined), undefined);
    assert.equal(inputSchemaOf('no JSON'), undefined);
  });

  it('keep data that only looks like a schema', () => {
    const data = { required: ['a'], properties: { a: { default: 1 } }, additionalProperties: false };
    const schema = { properties: { required: { type: 'string', default: 'x' }, a: { enum: [data], default: data } } };
    assert.deepEqual(inputSchemaOf(wrap(schema)), schema);
  });

  it('reach into lists, unions and definitions', () => {
    const inner = { type: 'object', properties: { a: { default: 1 } }, required: ['a'], additionalProperties: false };
    const seen = { type: 'object', properties: { a: { default: 1 } } };
    assert.deepEqual(
      inputSchemaOf(wrap({ items: inner, anyOf: [inner], definitions: { d: inner }, additionalProperties: inner })),
      { items: seen, anyOf: [seen], definitions: { d: seen }, additionalProperties: seen },
    );
  });

  it('say whether anything has to be given', () => {
    assert.equal(acceptsNothing(undefined), true);
    assert.equal(acceptsNothing(inputSchemaOf(wrap({ properties: { a: { default: 1 } }, required: ['a'] }))), true);
    assert.equal(acceptsNothing({ required: ['a'] }), false);
  });
});

describe('a value for a server', () => {
  const schema = inputSchemaOf(recordedDetails('details-order').inputSchema);

  it('is checked before it is sent, and the field is named', () => {
    assert.deepEqual(issuesOf(schema, { orderId: 'o', items: [{ sku: 'a', qty: 1, price: 2 }], more: 1 }), []);
    const paths = issuesOf(schema, { items: [{ sku: 'a', qty: 0, price: 'two' }, {}] }).map(({ path }) =>
      path.join('.'),
    );
    assert.deepEqual(paths.toSorted(), [
      'items.0.price',
      'items.0.qty',
      'items.1.price',
      'items.1.qty',
      'items.1.sku',
      'orderId',
    ]);
  });

  it('is left to the server where it may be converted', () => {
    assert.deepEqual(issuesOf(schema, { orderId: 'o', items: [{ sku: 'a', qty: '5', price: ' 2.5 ' }] }), []);
    const flag = { type: 'object', properties: { on: { type: 'boolean' } } };
    assert.deepEqual(issuesOf(flag, { on: 'yes' }), []);
    assert.equal(issuesOf(flag, { on: 'perhaps' }).length, 1);
    assert.deepEqual(issuesOf(undefined, { anything: true }), []);
  });

  it('is wrong at the fields that the server names', () => {
    assert.deepEqual(
      issuesOfMessage('Invalid resume data: \n- approved: Invalid input: expected boolean\n- items.0.qty: Too small'),
      [
        { path: ['approved'], message: 'Invalid input: expected boolean' },
        { path: ['items', '0', 'qty'], message: 'Too small' },
      ],
    );
    assert.deepEqual(issuesOfMessage('Invalid input data: \n- : expected object'), [
      { path: [], message: 'expected object' },
    ]);
    assert.deepEqual(issuesOfMessage('The step said:\n- no: thanks'), []);
  });
});
