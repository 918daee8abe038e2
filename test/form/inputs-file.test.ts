/** The file of saved inputs: what is in it stays, whatever is added, replaced or taken out. */
import assert from 'node:assert/strict';
import { editInput, parseInputsFile, savedInputs, withEdits } from '../../client/src/run/form/inputsFile.ts';
import type { FormValues } from '../../common/protocol/form.ts';

const save = (text: string, name: string, values: FormValues | undefined, workflow = 'order'): string =>
  withEdits(text, editInput(text, workflow, name, values));

const commented = `{
    // For the demonstration on Monday.
    "order": {
        "big": { "input": { "lines": 100 } }, // with a discount
        "note": "ask Mia before changing these"
    },
    "$note": { "by": "team" },
}
`;

describe('file of saved inputs', () => {
  it('begins with the first input', () => {
    const text = save('', 'small', { requestContext: { user: 1 }, input: { lines: 1 } });
    assert.equal(
      text,
      `{
  "order": {
    "small": {
      "input": {
        "lines": 1
      },
      "requestContext": {
        "user": 1
      }
    }
  }
}
`,
    );
    assert.deepEqual(savedInputs(parseInputsFile(text), 'order'), [
      { name: 'small', values: { input: { lines: 1 }, requestContext: { user: 1 } } },
    ]);
  });

  it('has its names in alphabetical order, whatever came first', () => {
    const text = ['c', 'a', 'b'].reduce((current, name) => save(current, name, { input: name }), '');
    assert.deepEqual(
      savedInputs(parseInputsFile(text), 'order').map(({ name }) => name),
      ['a', 'b', 'c'],
    );
    const two = save(save(text, 'x', { input: 1 }, 'zebra'), 'x', { input: 1 }, 'apple');
    assert.deepEqual(Object.keys(JSON.parse(two) as object), ['apple', 'order', 'zebra']);
  });

  it('keeps comments, notes, indentation and commas at the end', () => {
    const added = save(commented, 'small', { input: { lines: 1 } });
    for (const kept of [
      '// For the demonstration',
      '// with a discount',
      '"ask Mia before changing these"',
      '"by": "team"',
    ]) {
      assert.ok(added.includes(kept), added);
    }
    assert.ok(added.includes('\n        "small": {\n            "input": {\n'), added);
    assert.deepEqual(
      savedInputs(parseInputsFile(added), 'order').map(({ name }) => name),
      ['big', 'small'],
    );
    assert.equal(save(added, 'small', undefined).replaceAll(/\s/g, ''), commented.replaceAll(/\s/g, ''));
  });

  it('replaces an input in its place', () => {
    const changed = save(commented, 'big', { input: { lines: 2 } });
    assert.deepEqual(savedInputs(parseInputsFile(changed), 'order'), [
      { name: 'big', values: { input: { lines: 2 } } },
    ]);
    assert.ok(changed.includes('// with a discount'));
  });

  it('loses the workflow with its last input, unless something else stands there', () => {
    const one = save('', 'only', { input: 1 });
    assert.deepEqual(JSON.parse(save(one, 'only', undefined)), {});
    assert.ok(save(commented, 'big', undefined).includes('"note"'));
  });

  it('keeps the line ends of Windows', () => {
    const text = '{\r\n  "order": {\r\n    "a": { "input": 1 }\r\n  }\r\n}\r\n';
    assert.doesNotMatch(save(text, 'b', { input: { x: 1 } }), /[^\r]\n/);
  });

  it('says where it is broken', () => {
    assert.deepEqual(parseInputsFile('{\n  "order": {\n    "a" { }\n  }\n}'), {
      kind: 'broken',
      reason: 'colon expected',
      line: 3,
    });
    assert.deepEqual(parseInputsFile('[]'), { kind: 'broken', reason: 'it must be an object', line: 1 });
    assert.deepEqual(parseInputsFile('{\n\n  "order": 3\n}'), {
      kind: 'broken',
      reason: 'order must be an object of named inputs',
      line: 3,
    });
    assert.equal(parseInputsFile('').kind, 'inputs');
  });

  it('takes workflows and names that objects have themselves', () => {
    const text = save('', 'toString', { input: 1 }, '__proto__');
    assert.deepEqual(savedInputs(parseInputsFile(text), '__proto__'), [{ name: 'toString', values: { input: 1 } }]);
    assert.deepEqual(savedInputs(parseInputsFile(text), 'constructor'), []);
  });
});
