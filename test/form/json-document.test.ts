/** The values of a form as one JSON text, and the schema that VS Code checks the text with. */
import assert from 'node:assert/strict';
import { documentOf, documentSchema, parseDocument } from '../../client/src/run/form/jsonDocument.ts';
import { sectionsOf } from '../../client/src/run/form/ask.ts';
import type { FormSection } from '../../common/protocol/form.ts';
import type { LoadedWorkflow } from '../../client/src/run/protocol.ts';

const input: FormSection = { id: 'input', title: 'Input', description: undefined, schema: undefined, required: true };
const state: FormSection = { ...input, id: 'state', title: 'Initial state', required: false };
const value: FormSection = { ...input, id: 'value', title: 'Answer' };

describe('values of a form as JSON', () => {
  it('one section is its value, several are an object', () => {
    assert.equal(documentOf([value], { value: { a: 1 } }), '{\n  "a": 1\n}\n');
    assert.equal(documentOf([input, state], {}), '{\n  "input": {}\n}\n');
    for (const [sections, values] of [
      [[value], { value: [1, 2] }],
      [[input, state], { input: 'text', state: { n: 1 } }],
    ] as const) {
      assert.deepEqual(parseDocument(sections, documentOf(sections, values)), { kind: 'values', values });
    }
  });

  it('says what is wrong with a text', () => {
    const broken = parseDocument([input, state], '{ "input": ');
    assert.equal(broken.kind, 'broken');
    assert.deepEqual(parseDocument([input, state], '[]'), {
      kind: 'broken',
      message: 'It must be an object with "input", "state".',
    });
    assert.deepEqual(parseDocument([input, state], '{ "input": {}, "inptu": 1 }'), {
      kind: 'broken',
      message: '"inptu" does not belong here: it must be an object with "input", "state".',
    });
  });

  it('is not read while a required part is missing', () => {
    assert.deepEqual(parseDocument([input, state], '{}'), {
      kind: 'broken',
      message: '"input" is missing: it must be an object with "input", "state".',
    });
    assert.deepEqual(parseDocument([value], '{}'), { kind: 'values', values: { value: {} } });
  });

  it('has a schema whose references lead to where they stand, and whose defaults are optional', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: { next: { $ref: '#' }, tag: { $ref: '#/definitions/tag' }, n: { type: 'number', default: 1 } },
      required: ['tag', 'n'],
      definitions: { tag: { enum: ['#', '$ref'] } },
    };
    assert.deepEqual(documentSchema([{ ...input, schema }, state]), {
      type: 'object',
      additionalProperties: false,
      required: ['input'],
      properties: {
        input: {
          title: 'Input',
          type: 'object',
          properties: {
            next: { $ref: '#/properties/input' },
            tag: { $ref: '#/properties/input/definitions/tag' },
            n: { type: 'number', default: 1 },
          },
          required: ['tag'],
          definitions: { tag: { enum: ['#', '$ref'] } },
        },
        state: { title: 'Initial state' },
      },
    });
  });
});

describe('what a run is asked for', () => {
  const loaded = (more: Partial<LoadedWorkflow>): LoadedWorkflow => ({
    ...{ id: 'order', mastra: 'registered', durable: true, needsState: false },
    ...{ inputSchema: undefined, stateSchema: undefined, requestContextSchema: undefined },
    ...more,
  });
  const empty = { type: 'object', properties: {} };
  const shown = (more: Partial<LoadedWorkflow>): readonly string[] | undefined =>
    sectionsOf(loaded(more))?.map(({ id, required }) => (required ? `*${id}` : id));

  it('nothing for an empty object, unless something else is needed', () => {
    assert.equal(shown({ inputSchema: empty }), undefined);
    assert.deepEqual(shown({ inputSchema: empty, stateSchema: empty, needsState: true }), [
      '*input',
      '*state',
      'requestContext',
    ]);
    assert.deepEqual(shown({ inputSchema: empty, requestContextSchema: { type: 'object', required: ['user'] } }), [
      '*input',
      '*requestContext',
    ]);
  });

  it('the input, the state where there is one, the request context', () => {
    assert.deepEqual(shown({}), ['*input', 'requestContext']);
    assert.deepEqual(shown({ inputSchema: { type: 'string' }, stateSchema: empty }), [
      '*input',
      'state',
      'requestContext',
    ]);
  });
});
