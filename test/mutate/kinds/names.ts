/** Mistakes in names that are written as strings, in runs, and in the options of older versions. */
import type { MutationProject } from '../project.ts';
import type { MapString } from '../sites.ts';
import { insert, linksOf, makingOf, nameOf, replace, type Kind } from './kind.ts';
import type { Oracle } from '../mutant.ts';

/** A kind that changes strings inside of `.map({ ... })`. */
function stringKind(name: string, change: (given: MapString) => string | undefined): Kind {
  return {
    name,
    rules: ['unknown-map-path'],
    oracle: 'mastra',
    *plant({ sites }) {
      for (const string of sites.flatMap(({ mapStrings }) => mapStrings)) {
        const to = change(string);
        if (to === undefined || to === string.text) continue;
        const changes = [replace(string.file, string, to)];
        yield { title: `${string.text} -> ${to}`, changes, file: string.file, text: undefined };
      }
    },
  };
}

/** A kind that adds a statement to the end of the file of each workflow that has a name. */
function statementKind(name: string, rules: readonly string[], statement: (workflow: string) => string): Kind {
  return {
    name,
    rules,
    oracle: 'mastra',
    *plant(project: MutationProject) {
      for (const workflow of project.model.workflows.values()) {
        const text = project.sites.find(({ file }) => file === workflow.file)?.text;
        if (workflow.name === undefined || text === undefined) continue;
        const changes = [insert(workflow.file, text.length, `\n${statement(workflow.name)}\n`)];
        yield { title: nameOf(workflow), changes, file: workflow.file, text: undefined };
      }
    },
  };
}

/** A kind that changes calls in chains. */
function callKind(
  name: string,
  rules: readonly string[],
  change: (call: ReturnType<typeof linksOf>[number]) => string | undefined,
  oracle: Oracle = 'mastra',
): Kind {
  return {
    name,
    rules,
    oracle,
    *plant(project) {
      for (const link of linksOf(project)) {
        const to = change(link);
        if (to === undefined) continue;
        const { call } = link;
        yield {
          title: `${call.text} -> ${to}`,
          changes: [replace(call.file, call, to)],
          file: call.file,
          text: undefined,
        };
      }
    },
  };
}

/** A kind that takes out an option of a step. */
function dropOption(name: string, rule: string, option: string, none: string): Kind {
  return {
    name,
    rules: [rule],
    oracle: { none },
    *plant({ sites }) {
      for (const { makings, text, file } of sites) {
        for (const { options } of makings) {
          const found = options.get(option);
          if (found === undefined) continue;
          const comma = /^\s*,/.exec(text.slice(found.end))?.[0].length ?? 0;
          const changes = [replace(file, { start: found.start, end: found.end + comma }, '')];
          yield { title: found.text, changes, file, text: undefined };
        }
      }
    },
  };
}

export const nameKinds: readonly Kind[] = [
  stringKind('break a map path', ({ property, text }) =>
    property === 'path' && text.length > 3 ? `${text.slice(0, -1)}Planted${text.slice(-1)}` : undefined,
  ),
  stringKind('break the path of a placeholder', ({ property, text }) =>
    property === 'template'
      ? text.replace(/\$\{(\w+)\.(\w+)\}/, (_, scope, name) => `\${${String(scope)}.${String(name)}Planted}`)
      : undefined,
  ),
  stringKind('break the scope of a placeholder', ({ property, text }) =>
    property === 'template' ? text.replace(/\$\{(\w+)\./, (_, scope) => `\${${String(scope)}Planted.`) : undefined,
  ),
  statementKind(
    'use a run before it is there',
    ['unawaited-create-run'],
    (workflow) => `export function planted() { return ${workflow}.createRun().start({ inputData: {} as never }); }`,
  ),
  statementKind(
    'createRunAsync',
    ['legacy-api'],
    (workflow) => `export async function planted() { return await ${workflow}.createRunAsync(); }`,
  ),
  callKind(
    '.step() for .then()',
    ['legacy-api'],
    ({ call }) => (call.method.text === 'then' ? call.text.replace('then', 'step') : undefined),
    'tsc',
  ),
  callKind(
    '.after() in a chain',
    ['legacy-api'],
    ({ call, entry }) =>
      entry.type === 'step' && call.method.text === 'then'
        ? `.after(${call.arguments[0]?.text ?? ''})${call.text}`
        : undefined,
    'tsc',
  ),
  callKind('sleep without an id', ['unnamed-sleep'], ({ call }) =>
    call.method.text === 'then' ? `${call.text}.sleep(1000)` : undefined,
  ),
  callKind(
    'the same step twice',
    ['step-reused', 'duplicate-step-id', 'schema-mismatch', 'output-mismatch'],
    ({ call, entry }) =>
      entry.type === 'step' && call.method.text === 'then' ? `${call.text}${call.text}` : undefined,
    'tsc',
  ),
  callKind('the id of a step result has a typo', ['unknown-step-id'], ({ call, entry }) =>
    entry.type === 'step' && call.method.text === 'then'
      ? `${call.text}.map(async ({ getStepResult }) => getStepResult('planted-id'))`
      : undefined,
  ),
  callKind('an agent that gets no prompt', ['agent-step-input', 'schema-mismatch'], ({ call, entry, workflow }) =>
    entry.type === 'step' && workflow.file === entry.file && call.method.text === 'then'
      ? `${call.text}.agent('planted-agent')`
      : undefined,
  ),
  {
    name: 'an option that Mastra does not have',
    rules: ['legacy-api'],
    oracle: 'tsc',
    *plant(project) {
      for (const { entry, making } of linksOf(project)) {
        if (entry.type !== 'step' || making?.id === undefined || makingOf(project, entry) === undefined) continue;
        const changes = [insert(making.file, making.id.end, `, retryPolicy: { maxAttempts: 3 }`)];
        yield { title: making.id.text, changes, file: making.file, text: undefined };
      }
    },
  },
  dropOption(
    'suspend without a schema',
    'missing-suspend-schema',
    'suspendSchema',
    'it runs: what it suspends with is checked by nobody, and described to nobody',
  ),
  dropOption(
    'resume without a schema',
    'missing-resume-schema',
    'resumeSchema',
    'it runs: what it is resumed with is checked by nobody, and described to nobody',
  ),
  {
    name: 'suspend is not returned',
    rules: ['suspend-not-returned'],
    oracle: 'mastra',
    *plant({ sites }) {
      for (const { file, text } of sites) {
        for (const { index, 0: found } of text.matchAll(/return (?:await )?suspend\(/g)) {
          const changes = [replace(file, { start: index, end: index + found.length }, 'await suspend(')];
          yield { title: found, changes, file, text: undefined };
        }
      }
    },
  },
  {
    name: 'a workflow without entries',
    rules: ['empty-workflow'],
    oracle: 'mastra',
    *plant(project) {
      for (const workflow of project.model.workflows.values()) {
        const links = linksOf(project).filter((link) => link.workflow === workflow);
        const [first, last] = [links[0], links.at(-1)];
        if (first === undefined || last === undefined || links.length !== workflow.entries.length) continue;
        if (first.call.file !== workflow.file || last.call.file !== workflow.file) continue;
        const changes = [replace(workflow.file, { start: first.call.start, end: last.call.end }, '')];
        const between = project.sites
          .find(({ file }) => file === workflow.file)
          ?.text.slice(first.call.start, last.call.end);
        if (between?.includes(';\n\n') === true) continue;
        yield { title: nameOf(workflow), changes, file: workflow.file, text: undefined };
      }
    },
  },
  {
    name: 'a model without its provider',
    rules: ['unknown-model'],
    oracle: 'mastra',
    *plant({ sites }) {
      for (const { file, text } of sites) {
        for (const { index, 0: found } of text.matchAll(
          /(?<=\bnew Agent\(\{[^}]*\bmodel)(?:: [^,\n]*\([^;]*?\}\))?(?=,\n)/g,
        )) {
          const changes = [replace(file, { start: index, end: index + found.length }, `: 'gpt-4'`)];
          yield { title: file, changes, file, text: undefined };
        }
      }
    },
  },
  {
    name: 'the key of a registration has a typo',
    rules: ['unknown-registration'],
    oracle: 'mastra',
    *plant({ sites }) {
      for (const { file, text } of sites) {
        if (!/export const mastra = new Mastra\(/.test(text)) continue;
        for (const method of ['getWorkflow', 'getAgent', 'getWorkflowById']) {
          const added = `\nexport const planted = () => mastra.${method}('plantedName');\n`;
          yield { title: method, changes: [insert(file, text.length, added)], file, text: undefined };
        }
      }
    },
  },
];
