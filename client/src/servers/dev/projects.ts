/** The folders of the workspace in which `mastra dev` can run. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';
import { RunFailure } from '../../run/problem.ts';
import { findProject } from '../../run/project.ts';
import type { DevProject } from './contract.ts';

export interface ProjectSurface {
  readonly workspace: Pick<typeof vscode.workspace, 'findFiles' | 'getConfiguration'>;
  readonly RelativePattern: typeof vscode.RelativePattern;
}

const entries = '**/mastra/index.{ts,js}';
const skipped = '**/{node_modules,dist,build,out,.mastra,.git,.next,.vercel,.output,coverage}/**';
const atMost = 100;

/** Those of one workspace folder, outermost first. */
export async function findDevProjects(
  surface: ProjectSurface,
  folder: vscode.WorkspaceFolder,
  token?: vscode.CancellationToken,
): Promise<readonly DevProject[]> {
  const files = await surface.workspace.findFiles(new surface.RelativePattern(folder, entries), skipped, atMost, token);
  const setting = surface.workspace.getConfiguration('mastra.run', folder.uri).get<string>('entry');
  const candidates = files.map((file) => file.fsPath);
  const projects = new Map<string, DevProject>();
  for (const file of setting === undefined || setting === ''
    ? candidates
    : [path.resolve(folder.uri.fsPath, setting)]) {
    const project = devProjectOf(file, folder.uri.fsPath, setting);
    if (project !== undefined) projects.set(project.root, project);
  }
  return [...projects.values()].sort((a, b) => depth(a.root) - depth(b.root) || a.root.localeCompare(b.root));
}

/** The project that a file belongs to; undefined when `mastra dev` could not run there: it wants an `index.ts` or `index.js`. */
export function devProjectOf(file: string, folder: string, entrySetting: string | undefined): DevProject | undefined {
  try {
    const { root, entry, mastraFolder } = findProject(file, folder, entrySetting);
    if (entry === undefined || mastraFolder === undefined) return undefined;
    if (!/^index\.[tj]s$/.test(path.basename(entry)) || !existsSync(entry)) return undefined;
    return { root, entry, mastraFolder };
  } catch (error) {
    if (error instanceof RunFailure) return undefined;
    throw error;
  }
}

function depth(folder: string): number {
  return folder.split(path.sep).length;
}
