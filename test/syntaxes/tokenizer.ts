/** The grammars of package.json among those of VS Code, tokenized by what VS Code tokenizes with. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { root } from '../harness/paths.ts';

export interface Token {
  /** Offsets in the line. */
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: readonly string[];
}

export interface Tokenizer {
  /** The tokens of each line, by scope. */
  tokens(scopeName: string, lines: readonly string[]): Promise<readonly (readonly Token[])[]>;
  /** The foreground colour of every character of one line, in a theme's colours. */
  colours(scopeName: string, line: string, theme: readonly ThemeRule[]): Promise<readonly string[]>;
}

/** One entry of a theme's `tokenColors`. */
export interface ThemeRule {
  readonly scope?: string | readonly string[];
  readonly settings: { readonly foreground?: string; readonly fontStyle?: string };
}

// What is used of vscode-textmate and vscode-oniguruma, which come with VS Code and not with our packages.

interface StateStack {
  readonly depth: number;
}

interface Grammar {
  tokenizeLine(line: string, state: StateStack): { readonly tokens: readonly Token[]; readonly ruleStack: StateStack };
  tokenizeLine2(line: string, state: StateStack): { readonly tokens: Uint32Array };
}

interface Registry {
  loadGrammar(scopeName: string): Promise<Grammar | null>;
  setTheme(theme: { readonly settings: readonly ThemeRule[] }): void;
  getColorMap(): readonly string[];
}

interface Textmate {
  readonly INITIAL: StateStack;
  readonly Registry: new (options: {
    readonly onigLib: Promise<unknown>;
    readonly loadGrammar: (scopeName: string) => Promise<unknown>;
    readonly getInjections: (scopeName: string) => readonly string[];
  }) => Registry;
  parseRawGrammar(text: string, file: string): unknown;
}

interface Oniguruma {
  loadWASM(program: Uint8Array): Promise<void>;
  createOnigScanner(sources: readonly string[]): unknown;
  createOnigString(text: string): unknown;
}

const foregroundOffset = 15;
const foregroundMask = 0x1ff;

/** `vscode` is the folder of VS Code's program. Without `own` there are VS Code's grammars only. */
export function createTokenizer(vscode: string, { own }: { readonly own: boolean }): Tokenizer {
  const require = createRequire(path.join(vscode, 'package.json'));
  const textmate = require('vscode-textmate') as Textmate;
  const onigLib = regularExpressions(require);
  const files = new Map([...builtinGrammars(vscode), ...(own ? ownGrammars() : [])]);
  const registry = new textmate.Registry({
    onigLib,
    loadGrammar: (scopeName) => {
      const file = files.get(scopeName);
      return Promise.resolve(file === undefined ? null : textmate.parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: (scopeName) => (own ? injectionsInto(scopeName) : []),
  });
  const load = async (scopeName: string): Promise<Grammar> => {
    const grammar = await registry.loadGrammar(scopeName);
    if (grammar === null) throw new Error(`There is no grammar ${scopeName}`);
    return grammar;
  };
  return {
    tokens: async (scopeName, lines) => {
      const grammar = await load(scopeName);
      let state = textmate.INITIAL;
      return lines.map((line) => {
        const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
        state = ruleStack;
        return tokens;
      });
    },
    colours: async (scopeName, line, theme) => {
      const grammar = await load(scopeName);
      registry.setTheme({ settings: theme });
      const { tokens } = grammar.tokenizeLine2(line, textmate.INITIAL);
      const names = registry.getColorMap();
      const colours: string[] = [];
      for (let index = 0; index < tokens.length; index += 2) {
        const colour = ((tokens[index + 1] ?? 0) >>> foregroundOffset) & foregroundMask;
        const end = tokens[index + 2] ?? line.length;
        while (colours.length < end) colours.push(names[colour] ?? '');
      }
      return colours;
    },
  };
}

let loading: Promise<void> | undefined;

/** The library is one for the process and loads its program once. */
async function regularExpressions(require: NodeJS.Require): Promise<unknown> {
  const oniguruma = require('vscode-oniguruma') as Oniguruma;
  loading ??= oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  await loading;
  return {
    createOnigScanner: (sources: readonly string[]) => oniguruma.createOnigScanner(sources),
    createOnigString: (text: string) => oniguruma.createOnigString(text),
  };
}

function* builtinGrammars(vscode: string): Iterable<[scopeName: string, file: string]> {
  for (const extension of ['typescript-basics', 'javascript']) {
    const folder = path.join(vscode, 'extensions', extension);
    const { contributes } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      readonly contributes: { readonly grammars: readonly { readonly scopeName: string; readonly path: string }[] };
    };
    for (const grammar of contributes.grammars) yield [grammar.scopeName, path.join(folder, grammar.path)];
  }
}

const { grammars } = manifest.contributes;

function ownGrammars(): Iterable<[scopeName: string, file: string]> {
  return grammars.map(({ scopeName, path: file }) => [scopeName, path.join(root, file)]);
}

function injectionsInto(scopeName: string): readonly string[] {
  return grammars.filter(({ injectTo }) => injectTo.includes(scopeName)).map((grammar) => grammar.scopeName);
}
