/** What is started for `mastra dev` in a project, or why that is not possible. */
import path from 'node:path';
import type { NodeProgram } from '../../run/node.ts';
import { RunFailure } from '../../run/problem.ts';
import { findCli } from './cli.ts';
import { devEnvironment, freePort, isFree, projectPort } from './environment.ts';
import type { DevProblem } from './problem.ts';
import type { DevProcessOptions } from './process.ts';
import type { DevProject } from './contract.ts';

export interface LaunchOptions {
  /** The environment of the extension host. */
  readonly inherited: NodeJS.ProcessEnv;
  /** Throws RunFailure. */
  readonly findNode: () => Promise<NodeProgram>;
}

export type PreparedLaunch =
  | { readonly kind: 'launch'; readonly launch: Omit<DevProcessOptions, 'onLine'> }
  | { readonly kind: 'problem'; readonly problem: DevProblem };

export async function prepareLaunch(
  { root, mastraFolder }: DevProject,
  options: LaunchOptions,
): Promise<PreparedLaunch> {
  const cli = findCli(root);
  if (cli.kind === 'missing') return problem({ kind: 'cli-missing', root, install: cli.install });
  const wanted = projectPort(root);
  if (wanted !== undefined && !(await isFree(wanted))) return problem({ kind: 'port-taken', port: wanted });
  let node: NodeProgram;
  try {
    node = await options.findNode();
  } catch (error) {
    if (error instanceof RunFailure) return problem({ kind: 'node', problem: error.problem });
    throw error;
  }
  const folder = path.relative(root, mastraFolder);
  const args = ['dev', ...(folder === path.join('src', 'mastra') ? [] : ['--dir', folder])];
  const program =
    cli.kind === 'yarn'
      ? { command: 'yarn', arguments: ['run', 'mastra', ...args] }
      : { command: node.path, arguments: [cli.file, ...args] };
  return {
    kind: 'launch',
    launch: {
      ...program,
      directory: root,
      environment: { ...devEnvironment(options.inherited, wanted ?? (await freePort())), ...node.environment },
    },
  };
}

function problem(of: DevProblem): PreparedLaunch {
  return { kind: 'problem', problem: of };
}
