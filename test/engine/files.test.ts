import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileOfUri, folderOf, isInside, normalizeFile, uriOfFile } from '../../server/src/typescript/files.ts';

describe('URIs and files', () => {
  it('reads the URIs that editors send', () => {
    assert.equal(fileOfUri('file:///home/me/a%20b/%C3%BC.ts'), '/home/me/a b/ü.ts');
    assert.equal(fileOfUri('file:///c%3A/work/a.ts'), 'c:/work/a.ts');
    assert.equal(fileOfUri('file:///C:/work/a.ts'), 'c:/work/a.ts');
    assert.equal(fileOfUri('file://server/share/a.ts'), '//server/share/a.ts');
    assert.equal(fileOfUri('file:///home/me/'), '/home/me');
    assert.equal(fileOfUri('untitled:Untitled-1'), undefined);
    assert.equal(fileOfUri('git:/home/me/a.ts?ref'), undefined);
  });

  it('writes them as VS Code does', () => {
    assert.equal(uriOfFile('/home/me/a b/ü.ts'), 'file:///home/me/a%20b/%C3%BC.ts');
    assert.equal(uriOfFile('c:/work/a#1.ts'), 'file:///c%3A/work/a%231.ts');
    assert.equal(uriOfFile('//server/share/a.ts'), 'file://server/share/a.ts');
  });

  it('names every file the same way there and back', () => {
    const segment = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/[/\\]|^\.{1,2}$/.test(text));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (segments) => {
        const file = normalizeFile(`/${segments.join('/')}`);
        assert.equal(fileOfUri(uriOfFile(file)), file);
      }),
    );
  });

  it('knows what lies in a folder', () => {
    assert.ok(isInside('/a/b', '/a/b/c.ts'));
    assert.ok(isInside('/a/b', '/a/b'));
    assert.ok(!isInside('/a/b', '/a/bc.ts'));
    assert.ok(isInside('/', '/a.ts'));
    assert.equal(folderOf('/a/b.ts'), '/a');
    assert.equal(folderOf('/b.ts'), '/');
  });
});
