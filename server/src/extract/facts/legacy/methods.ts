/** Methods of Mastra's classes that have another name now. */
import type { FormerMethodFact } from '../../../../../common/model/facts/legacy-api.ts';
import { locationOf, methodCall, type SourceFile } from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { callsNamed } from '../../occurrences.ts';
import { coreInstance, hasMember, lacksMember } from './declared.ts';
import { replace } from './edits.ts';

/** By class: the former name and the present one. */
const renamed: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'Workflow',
    new Map([
      ['createRunAsync', 'createRun'],
      ['getWorkflowRuns', 'listWorkflowRuns'],
      ['getActiveWorkflowRuns', 'listActiveWorkflowRuns'],
      ['getScorers', 'listScorers'],
    ]),
  ],
  [
    'Run',
    new Map([
      ['streamVNext', 'stream'],
      ['resumeStreamVNext', 'resumeStream'],
      ['observeStreamVNext', 'observeStream'],
    ]),
  ],
  [
    'Agent',
    new Map([
      ['generateVNext', 'generate'],
      ['streamVNext', 'stream'],
      ['getTools', 'listTools'],
      ['getWorkflows', 'listWorkflows'],
      ['getScorers', 'listScorers'],
    ]),
  ],
  [
    'Mastra',
    new Map([
      ['getAgents', 'listAgents'],
      ['getWorkflows', 'listWorkflows'],
      ['getScorers', 'listScorers'],
      ['getMCPServers', 'listMCPServers'],
      ['getLogs', 'listLogs'],
      ['getLogsByRunId', 'listLogsByRunId'],
    ]),
  ],
]);

const candidates: ReadonlySet<string> = new Set([...renamed.values()].flatMap((methods) => [...methods.keys()]));

export async function formerMethodCalls(context: Context, file: SourceFile): Promise<readonly FormerMethodFact[]> {
  const facts = callsNamed(file, candidates).map(async (call): Promise<readonly FormerMethodFact[]> => {
    const method = methodCall(call);
    if (method === undefined) return [];
    const instance = await coreInstance(context, method.receiver);
    const replacement = renamed.get(instance?.className ?? '')?.get(method.name.text);
    if (instance === undefined || replacement === undefined) return [];
    const { program } = context;
    if (!(await lacksMember(program, instance.type, method.name.text))) return [];
    if (!(await hasMember(program, instance.type, replacement))) return [];
    return [
      {
        kind: 'legacy-api',
        shape: 'former-method',
        owner: instance.className,
        method: method.name.text,
        replacement,
        edits: [replace(method.name, replacement)],
        ...locationOf(method.name),
      },
    ];
  });
  return (await Promise.all(facts)).flat();
}
