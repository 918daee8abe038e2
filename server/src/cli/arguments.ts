/** What the user asked for, from the arguments of the command line. */
import { parseArgs } from 'node:util';
import { ruleIds } from '../../../common/protocol/rules.ts';
import { similarName } from '../extract/similar.ts';
import type { RuleSettings } from '../rules/index.ts';

export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'check';
      readonly format: 'text' | 'json' | 'sarif';
      /** What `--rule` says of each rule. */
      readonly rules: RuleSettings;
      /** Tell on stderr what took how long. */
      readonly verbose: boolean;
      readonly paths: readonly string[];
    }
  | {
      readonly kind: 'graph';
      readonly format: 'json' | 'mermaid' | 'svg';
      readonly workflow: string | undefined;
      /** A folder for a file of each workflow; undefined to print them. */
      readonly out: string | undefined;
      readonly paths: readonly string[];
    }
  | {
      readonly kind: 'run';
      readonly workflow: string;
      /** Files of JSON; `-` is the standard input. Undefined for `{}`. */
      readonly input: string | undefined;
      readonly state: string | undefined;
      readonly requestContext: string | undefined;
      readonly server: string | undefined;
      readonly apiPrefix: string | undefined;
      readonly log: string | undefined;
      readonly path: string;
    };

/** The arguments make no sense; `message` says why, for the person who typed them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const help = `Usage:
  mastra-workflows check [--format text|json|sarif] [--rule ID=SEVERITY]... [--verbose] PATH...
  mastra-workflows graph [--format json|mermaid|svg] [--workflow ID] [--out DIR] PATH...
  mastra-workflows run --workflow ID [--input FILE] [--server URL] [--log FILE] PROJECT

Reads the Mastra workflows in the given files, folders and globs. What lies around a given path, up to the nearest
package.json, is read along with it, so that a single file is judged as a part of its project; only what is in the given
paths is reported. Hidden folders, node_modules and build output (dist, out, coverage) are left out unless named.

check  reports what is wrong with them.
graph  prints what they do. With several workflows, mermaid prints one flowchart after the other; svg needs --out then.
run    runs one of them, in a process of its own or on a Mastra server, and prints its events, one JSON object on each line.
       The first Ctrl+C cancels the run, the second one ends the program.

Options:
  --format FORMAT     text (default), json or sarif for check; json (default), mermaid or svg for graph
  --rule ID=SEVERITY  gives a rule another severity (error, warning, info, hint) or turns it off (off); once for each rule
  --verbose           tells on stderr how long each rule took
  --workflow ID       the workflow with this id, or exported under this name
  --out DIR           writes a file for each workflow into this folder, called by its id, and prints their names
  --input FILE        JSON that the workflow is given; - is the standard input, and without this option it is {}
  --state FILE        JSON of the initial state, for a workflow that has one
  --context FILE      JSON object of entries for the request context
  --server URL        runs on this Mastra server instead of in a process of its own. The environment variable
                      MASTRA_SERVER_TOKEN is sent as its bearer token.
  --api-prefix PATH   where the server has its API, if not at /api
  --log FILE          records the run in a new file, which the editor can import and replay. Fields that look like secrets
                      are left out.
  --help, -h          this text
  --version, -v       the version

SARIF 2.1.0 is what code scanning services read; paths in it are relative to the current folder. JSON names files relative to the current folder, with forward slashes, and counts lines and characters from 0.

Exit code:
  0  nothing to report
  1  check found something of severity error or warning
  2  something could not be analysed; the reason is on stderr, and what could be analysed is on stdout

Exit code of run:
  0  success    1  the run failed    2  it did not come to a run    3  it is suspended    130  it was canceled
`;

/** @throws UsageError */
export function readArguments(given: readonly string[]): Request {
  const { values, positionals } = parse(given);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [command, ...paths] = positionals;
  if (command !== 'run') refuseRunOptions(values);
  switch (command) {
    case undefined:
      throw new UsageError('Say what to do: check, graph or run.');
    case 'check':
      for (const option of ['workflow', 'out'] as const) {
        if (values[option] !== undefined) throw new UsageError(`--${option} belongs to graph, not to check.`);
      }
      return {
        kind: 'check',
        format: oneOf('--format', values.format ?? 'text', ['text', 'json', 'sarif']),
        rules: ruleSettings(values.rule ?? []),
        verbose: values.verbose === true,
        paths: required(command, paths),
      };
    case 'graph':
      if (values.rule !== undefined) throw new UsageError('--rule belongs to check, not to graph.');
      if (values.verbose !== undefined) throw new UsageError('--verbose belongs to check, not to graph.');
      return {
        kind: 'graph',
        format: oneOf('--format', values.format ?? 'json', ['json', 'mermaid', 'svg']),
        workflow: values.workflow,
        out: values.out,
        paths: required(command, paths),
      };
    case 'run':
      return runRequest(values, paths);
    default:
      throw new UsageError(`There is no command '${command}', only check, graph and run.`);
  }
}

type Values = ReturnType<typeof parse>['values'];

const runOptions = ['input', 'state', 'context', 'server', 'api-prefix', 'log'] as const;

function refuseRunOptions(values: Values): void {
  const given = runOptions.find((option) => values[option] !== undefined);
  if (given !== undefined) throw new UsageError(`--${given} belongs to run.`);
}

function runRequest(values: Values, paths: readonly string[]): Request {
  for (const option of ['format', 'rule', 'verbose', 'out'] as const) {
    if (values[option] !== undefined) throw new UsageError(`--${option} does not belong to run.`);
  }
  const [project, ...more] = paths;
  if (values.workflow === undefined) throw new UsageError('Say which workflow to run with --workflow ID.');
  if (project === undefined || more.length > 0) throw new UsageError('Give run one project folder.');
  if (values['api-prefix'] !== undefined && values.server === undefined) {
    throw new UsageError('--api-prefix belongs to --server.');
  }
  const fromStandardInput = [values.input, values.state, values.context].filter((file) => file === '-');
  if (fromStandardInput.length > 1) throw new UsageError('Only one file can be the standard input.');
  return {
    kind: 'run',
    workflow: values.workflow,
    input: values.input,
    state: values.state,
    requestContext: values.context,
    server: values.server,
    apiPrefix: values['api-prefix'],
    log: values.log,
    path: project,
  };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        rule: { type: 'string', multiple: true },
        verbose: { type: 'boolean' },
        workflow: { type: 'string' },
        out: { type: 'string' },
        input: { type: 'string' },
        state: { type: 'string' },
        context: { type: 'string' },
        server: { type: 'string' },
        'api-prefix': { type: 'string' },
        log: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${option} is ${choice(allowed)}, not '${value}'.`);
  return found;
}

/** `a, b or c` */
function choice(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function ruleSettings(given: readonly string[]): RuleSettings {
  return Object.fromEntries(
    given.map((setting) => {
      const [name = '', severity, ...rest] = setting.split('=');
      if (severity === undefined || rest.length > 0) {
        throw new UsageError(`--rule is ID=SEVERITY, e.g. missing-commit=off, not '${setting}'.`);
      }
      const id = ruleIds.find((rule) => rule === name);
      if (id === undefined) {
        const similar = similarName(name, ruleIds);
        throw new UsageError(
          `There is no rule '${name}'${similar === undefined ? '' : ` (did you mean '${similar}'?)`}.`,
        );
      }
      return [id, oneOf(`The severity of ${id}`, severity, ['error', 'warning', 'info', 'hint', 'off'])];
    }),
  );
}

function required(command: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) throw new UsageError(`Give ${command} at least one file or folder, e.g. 'src'.`);
  return paths;
}
