/**
 * Rule pages as tests: `server/src/rules/<id>/rule.md` is the user's documentation, and every code block in it is a claim.
 *
 *   ```ts setup    steps that all blocks of the page may use, as the module `./steps` beside their folders
 *   ```ts bad      carets under the code say where a finding is, its severity and exact message:
 *                      .then(pack)
 *                      //    ^^^^ error: Step `pack` needs …
 *                  `error other-rule: …` names a rule that is not the page's; what has no carets must not be reported
 *   ```ts fixed    the bad block before it, after its quick fix
 *   ```ts good     nothing is reported
 *
 * `mastra=0.24.0` after `bad` or `good` judges the block for that version, with the declarations of the newest one.
 * `version=0.24` compiles and reads it with an older Mastra itself, of the folder of that name in test/rules/versions: what a
 * rule finds in the declarations, or whether they compile at all, depends on them. `// @filename: a.ts` starts a file in a block.
 * Imports of Mastra, zod and the setup's names are left out in the pages and added here, below the code.
 */
import { ruleIds, type RuleId, type Severity } from '../../../common/protocol/rules.ts';
import type { Range } from '../../../common/model/text.ts';

export interface Page {
  readonly rule: RuleId;
  /** Path of the page, for messages. */
  readonly path: string;
  readonly setup: string;
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly kind: 'bad' | 'good' | 'fixed';
  /** The heading above it. */
  readonly title: string;
  /** Line of its fence in the page, from 1. */
  readonly line: number;
  readonly mastra: string | undefined;
  /** The older Mastra that its imports find. */
  readonly version: string | undefined;
  readonly files: readonly BlockFile[];
}

export interface BlockFile {
  readonly name: string;
  /** As in the page, carets included. */
  readonly code: string;
  readonly expected: readonly Expected[];
}

export interface Expected {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const carets = /^\s*\/\/\s*(?<marks>\^+) (?<severity>[a-z]+)(?: (?<rule>[a-z-]+))?: (?<message>.*\S)\s*$/;

/** @throws Error naming the line, when a block's head or a line of carets is not one. */
export function readPage(rule: RuleId, path: string, text: string): Page {
  const blocks: Block[] = [];
  let setup = '';
  let title = '';
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const heading = /^#+ (.*)$/.exec(line);
    if (heading !== null) title = heading[1] ?? '';
    const fence = /^```ts(?: (.*))?$/.exec(line);
    if (fence === null) continue;
    const end = lines.indexOf('```', index);
    const code = lines.slice(index + 1, end);
    const [kind, ...options] = (fence[1] ?? '').split(' ');
    const option = (name: string) => options.find((given) => given.startsWith(`${name}=`))?.slice(name.length + 1);
    switch (kind) {
      case 'setup':
        setup = code.join('\n');
        break;
      case 'bad':
      case 'good':
      case 'fixed':
        blocks.push({
          kind,
          title,
          line: index + 1,
          mastra: option('mastra'),
          version: option('version'),
          files: readFiles(rule, code, `${path}:${index + 1}`),
        });
        break;
      case '':
      case undefined:
        break;
      default:
        throw new Error(`${path}:${index + 1}: a block is bad, good, fixed or setup, not '${kind}'`);
    }
    index = end;
  }
  return { rule, path, setup, blocks };
}

function readFiles(rule: RuleId, code: readonly string[], place: string): readonly BlockFile[] {
  const files: { name: string; lines: string[] }[] = [];
  for (const line of code) {
    const name = /^\/\/ @filename: (\S+)$/.exec(line)?.[1];
    if (name !== undefined) files.push({ name, lines: [] });
    else {
      if (files.length === 0) files.push({ name: 'index.ts', lines: [] });
      files.at(-1)?.lines.push(line);
    }
  }
  return files.map(({ name, lines }) => ({ name, code: lines.join('\n'), expected: readCarets(rule, lines, place) }));
}

function readCarets(pageRule: RuleId, lines: readonly string[], place: string): readonly Expected[] {
  const expected: Expected[] = [];
  let codeLine = 0;
  lines.forEach((line, index) => {
    if (!/^\s*\/\/\s*\^/.test(line)) {
      codeLine = index;
      return;
    }
    const groups = carets.exec(line)?.groups;
    const severity = severities.find((known) => known === groups?.['severity']);
    const rule = groups?.['rule'] === undefined ? pageRule : ruleIds.find((known) => known === groups['rule']);
    if (groups === undefined || severity === undefined || rule === undefined) {
      throw new Error(`${place}: not a line of carets: ${line.trim()}`);
    }
    const start = line.indexOf('^');
    expected.push({
      rule,
      severity,
      message: groups['message'] ?? '',
      range: {
        start: { line: codeLine, character: start },
        end: { line: codeLine, character: start + (groups['marks'] ?? '').length },
      },
    });
  });
  return expected;
}

/** The code without its lines of carets. */
export function withoutCarets(code: string): string {
  return code
    .split('\n')
    .filter((line) => !/^\s*\/\/\s*\^/.test(line))
    .join('\n');
}

const modules: Readonly<Record<string, readonly string[]>> = {
  '@mastra/core/workflows': ['createStep', 'createWorkflow', 'cloneStep', 'cloneWorkflow', 'mapVariable'],
  '@mastra/core/mastra': ['Mastra'],
  '@mastra/core/agent': ['Agent'],
  '@mastra/core/tools': ['createTool'],
  zod: ['z'],
};

/** The imports that a page leaves out; imports count wherever they stand, so at the end they move no line. */
export function importsFor(code: string, setup: string): string {
  const bare = code.replace(/\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
  const exported = [...setup.matchAll(/^export (?:const|function|class) (\w+)/gm)].flatMap((match) => match[1] ?? []);
  const wanted = (names: readonly string[]) =>
    names.filter((name) => new RegExp(`\\b${name}\\b`).test(bare) && !declares(bare, name));
  return Object.entries({ ...modules, '../steps': exported })
    .map(([module, names]) => [module, wanted(names)] as const)
    .filter(([, names]) => names.length > 0)
    .map(([module, names]) => `import { ${names.join(', ')} } from '${module}';\n`)
    .join('');
}

function declares(code: string, name: string): boolean {
  return new RegExp(`\\b(?:const|let|function|class) ${name}\\b|import \\{[^}]*\\b${name}\\b[^}]*\\}`).test(code);
}
