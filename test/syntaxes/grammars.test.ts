/**
 * The injection grammars (`syntaxes/`) in VS Code's own grammars of TypeScript and JavaScript. `UPDATE_SNAPSHOTS=1` writes the
 * snapshots anew; to add a sample, write its source into `samples/<name>.<ts|tsx|js|jsx>.snap`, each line behind a `>`.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles } from '../architecture/sources.ts';
import { root } from '../harness/paths.ts';
import { installVSCode } from '../harness/vscode/install.ts';
import { render, sideBySide, sourceOf, withoutOurs } from './snapshot.ts';
import { createTokenizer, type ThemeRule, type Tokenizer } from './tokenizer.ts';

const samples = path.join(import.meta.dirname, 'samples');
const names = readdirSync(samples).filter((name) => name.endsWith('.snap'));
const update = process.env['UPDATE_SNAPSHOTS'] === '1';

const languages: Readonly<Record<string, string>> = {
  ts: 'source.ts',
  tsx: 'source.tsx',
  js: 'source.js',
  jsx: 'source.js.jsx',
};

function grammarOf(file: string): string {
  const grammar = languages[path.extname(file.replace(/\.snap$/, '')).slice(1)];
  assert.ok(grammar !== undefined, file);
  return grammar;
}

describe('the injection grammars', () => {
  let vscode: string;
  let tokenizer: Tokenizer;
  let plain: Tokenizer;

  before(async () => {
    vscode = path.dirname(path.dirname(await installVSCode()));
    tokenizer = createTokenizer(vscode, { own: true });
    plain = createTokenizer(vscode, { own: false });
  });

  for (const name of names) {
    it(`colour ${name} as its snapshot says`, async () => {
      const file = path.join(samples, name);
      const expected = readFileSync(file, 'utf8');
      const lines = sourceOf(expected);
      const actual = render(lines, await tokenizer.tokens(grammarOf(name), lines));
      if (update) writeFileSync(file, actual);
      else if (actual !== expected)
        assert.fail(`${name} differs:\n${sideBySide(expected, actual) || 'in its last line'}`);
    });
  }

  it('leave every token of the language as it is', async () => {
    const sources = [
      ...names.map((name) => ({ name, lines: sourceOf(readFileSync(path.join(samples, name), 'utf8')) })),
      ...['server', 'client', 'test/projects/orders/src', 'test/projects/constructs'].flatMap((folder) =>
        sourceFiles(folder).map((name) => ({ name, lines: readFileSync(path.join(root, name), 'utf8').split('\n') })),
      ),
    ];
    assert.ok(sources.length > 100);
    for (const { name, lines } of sources) {
      const grammar = grammarOf(name);
      const own = await tokenizer.tokens(grammar, lines);
      const before = await plain.tokens(grammar, lines);
      for (const [index, line] of lines.entries()) {
        assert.deepEqual(
          withoutOurs(own[index] ?? []),
          withoutOurs(before[index] ?? []),
          `${name}:${index + 1}: ${line}`,
        );
      }
    }
  });

  it('say the same of all four languages', () => {
    const members = (language: string): string =>
      readFileSync(path.join(root, `syntaxes/members.${language}.json`), 'utf8')
        .replace(/"name": "Mastra: .*"/, '')
        .replaceAll(`source.${language}#`, '#')
        .replace(`"mastra.members.${language}"`, '""');
    for (const language of ['tsx', 'js', 'js.jsx']) assert.equal(members(language), members('ts'), language);
  });

  for (const name of ['dark_modern', 'light_modern', '2026-dark', '2026-light', 'hc_black', 'hc_light']) {
    it(`stand out from the text around them in the theme ${name}`, async () => {
      const theme = themeRules(path.join(vscode, 'extensions/theme-defaults/themes'), `${name}.json`);
      const colourOf = async (line: string, ...words: readonly string[]): Promise<readonly (string | undefined)[]> => {
        const colours = await tokenizer.colours('source.ts', line, theme);
        return words.map((word) => colours[line.indexOf(word)]);
      };
      const template = "f({ template: 'text ${stepResults.load.total}' });";
      const [text, ...placeholder] = await colourOf(template, 'text', 'stepResults', '.', 'load.', 'total');
      assert.deepEqual(
        placeholder.filter((colour) => colour === undefined || colour === text),
        [],
      );
      const [quote, provider] = await colourOf("f({ model: 'openai/gpt-4o' });", "'", 'openai');
      assert.notEqual(provider, quote);
    });
  }
});

/** A theme's rules behind those of the theme that it includes. */
function themeRules(folder: string, name: string): readonly ThemeRule[] {
  const theme = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
    readonly include?: string;
    readonly tokenColors?: readonly ThemeRule[];
  };
  const included = theme.include === undefined ? [] : themeRules(folder, path.basename(theme.include));
  return [...included, ...(theme.tokenColors ?? [])];
}
