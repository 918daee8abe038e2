/** Remote servers: what settings may hold, and what they never do. */
import assert from 'node:assert/strict';
import { headersOf, parseHeaders, readToken, tokenProblem } from '../../client/src/servers/remote/credentials.ts';
import {
  isOpenToOthers,
  makeEntry,
  readEntries,
  settingOf,
  urlProblem,
} from '../../client/src/servers/remote/entry.ts';

describe('the setting mastra.servers', () => {
  const read = (value: unknown): readonly string[] =>
    readEntries(value).map((each) =>
      each.kind === 'entry'
        ? `${each.entry.name} ${each.entry.url} ${each.entry.apiPrefix}`
        : `! ${each.invalid.label}`,
    );

  it('names servers by URL and prefix', () => {
    assert.deepEqual(
      read([
        { name: 'Staging', url: 'https://staging.example.com/' },
        { name: 'Shop', url: 'HTTPS://Example.com:443/shop//', apiPrefix: 'mastra/' },
        { name: 'Bare', url: 'http://localhost:4111', apiPrefix: '/' },
      ]),
      [
        'Staging https://staging.example.com /api',
        'Shop https://example.com/shop /mastra',
        'Bare http://localhost:4111 ',
      ],
    );
  });

  it('is none when it is no list', () => {
    for (const value of [undefined, null, {}, 'x', 7]) assert.deepEqual(read(value), []);
  });

  it('shows what cannot be used, and goes on with the rest', () => {
    assert.deepEqual(
      read([
        7,
        {},
        { name: '', url: 'https://a.example' },
        { name: 'B', url: 'b' },
        { name: 'C', url: 'ftp://c' },
        { name: 'D', url: 'https://d' },
      ]),
      [
        '! A server without name or url',
        '! A server without name or url',
        '! A server without name',
        '! B',
        '! C',
        'D https://d /api',
      ],
    );
  });

  it('lists one address once', () => {
    assert.deepEqual(
      read([
        { name: 'A', url: 'https://a' },
        { name: 'B', url: 'https://a/', apiPrefix: 'api' },
      ]),
      ['A https://a /api'],
    );
  });

  it('is refused with anything secret in it, without repeating that', () => {
    for (const value of [
      { name: 'A', url: 'https://a', token: 's3cret' },
      { name: 'A', url: 'https://a', headers: { Authorization: 's3cret' } },
      { name: 'A', url: 'https://user:s3cret@a' },
      { name: 'A', url: 'https://a?apiKey=s3cret' },
    ]) {
      const [entry] = readEntries([value]);
      assert.equal(entry?.kind, 'invalid');
      assert.doesNotMatch(JSON.stringify(entry), /s3cret/);
    }
  });

  it('is written as it is read', () => {
    for (const [url, prefix] of [
      ['https://a', '/api'],
      ['https://a/b', '/'],
      ['http://127.0.0.1:1', 'x/y'],
    ] as const) {
      const entry = makeEntry('A', url, prefix);
      assert.deepEqual(readEntries([settingOf(entry)]), [{ kind: 'entry', entry }]);
    }
  });

  it('makes another server of another address, so that a token never goes there', () => {
    const id = makeEntry('A', 'https://a', '/api').id;
    assert.equal(makeEntry('Renamed', 'https://a/', 'api').id, id);
    assert.notEqual(makeEntry('A', 'https://b', '/api').id, id);
    assert.notEqual(makeEntry('A', 'http://a', '/api').id, id);
  });
});

describe('a URL', () => {
  it('is refused in words that do not repeat it', () => {
    for (const url of ['', 'x', 'localhost:4111', 'https://u:s3cret@a', 'https://a?token=s3cret', 'https://a#s3cret']) {
      const problem = urlProblem(url);
      assert.ok(problem !== undefined, url);
      assert.doesNotMatch(problem, /s3cret/);
    }
    assert.equal(urlProblem(' https://mastra.example.com '), undefined);
  });

  it('is open to others unless it is encrypted or stays on this machine', () => {
    assert.equal(isOpenToOthers('http://mastra.example.com'), true);
    assert.equal(isOpenToOthers('http://192.0.2.1:4111'), true);
    for (const url of ['https://a', 'http://localhost:1', 'http://127.0.0.5', 'http://[::1]:1']) {
      assert.equal(isOpenToOthers(url), false, url);
    }
  });
});

describe('credentials', () => {
  it('are sent as a bearer token, unless a header says otherwise', () => {
    assert.deepEqual(headersOf({ token: 't', headers: {} }), { Authorization: 'Bearer t' });
    assert.deepEqual(headersOf({ token: 't', headers: { authorization: 'Basic x' } }), { authorization: 'Basic x' });
    assert.deepEqual(headersOf({ token: undefined, headers: {} }), {});
  });

  it('are read from what people paste', () => {
    for (const text of ['abc', ' abc\n', 'Bearer abc', 'Authorization: Bearer abc'])
      assert.equal(readToken(text), 'abc');
    assert.ok(tokenProblem('two words') !== undefined);
    assert.ok(tokenProblem('line\nbreak') !== undefined);
    assert.equal(tokenProblem('eyJ.a-b_c='), undefined);
  });

  it('are headers where each has a name and a value', () => {
    assert.deepEqual(parseHeaders('X-Key: a:b; Cookie: c=d'), {
      kind: 'headers',
      headers: { 'X-Key': 'a:b', Cookie: 'c=d' },
    });
    for (const text of ['s3cret', 'X Key: s3cret', 'X-Key:', 'X-Key: s3cret\u0007']) {
      const parsed = parseHeaders(text);
      assert.equal(parsed.kind, 'problem', text);
      assert.doesNotMatch(JSON.stringify(parsed), /s3cret/);
    }
  });
});
