/** What the suites share: the extension's parts, files of the workspace, and waiting for something to become true. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Extension } from '../../client/src/wiring.ts';
import { graphViewType, type WorkflowSummary } from '../../common/protocol/index.ts';

const extensionId = 'mastra-workflows.mastra-workflows';

export function extensionHandle(): vscode.Extension<Extension | undefined> {
  const extension = vscode.extensions.getExtension<Extension | undefined>(extensionId);
  assert.ok(extension, `the extension ${extensionId} is installed`);
  return extension;
}

/** The parts of the activated extension. */
export async function extensionParts(): Promise<Extension> {
  const parts = await extensionHandle().activate();
  assert.ok(parts, 'the extension hands out its parts in tests');
  return parts;
}

export function workspaceFile(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(workspaceFile(path)));
}

/** Asks until the answer is neither undefined nor false; fails after half a minute, saying what was awaited. */
export async function until<T>(what: string, ask: () => T | Promise<T>): Promise<Exclude<T, Missing>> {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) {
      return answer;
    }
    if (Date.now() > end) {
      assert.fail(`waited in vain: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

type Missing = undefined | null | false;

function isThere<T>(answer: T): answer is Exclude<T, Missing> {
  return answer !== undefined && answer !== null && answer !== false;
}

/** Replaces the first `search` of the document, without saving. */
export async function edit(editor: vscode.TextEditor, search: string, replacement: string): Promise<void> {
  const { document } = editor;
  const offset = document.getText().indexOf(search);
  assert.notEqual(offset, -1, `${document.fileName} has ${JSON.stringify(search)}`);
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + search.length));
  assert.ok(await editor.edit((builder) => builder.replace(range, replacement)));
}

/** Drops what was not saved. */
export async function revert(editor: vscode.TextEditor): Promise<void> {
  await vscode.window.showTextDocument(editor.document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'mastra');
}

export function codeOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

export async function workflowWithId(id: string): Promise<WorkflowSummary> {
  const { server } = await extensionParts();
  const workflows = await server.request('mastra/workflows', { uri: undefined });
  const workflow = workflows.find((candidate) => candidate.id === id);
  assert.ok(workflow, `${id} is among ${workflows.map((candidate) => candidate.id).join(', ')}`);
  return workflow;
}

/** The tabs of graph panels; VS Code prefixes their view type. */
export function graphTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(graphViewType));
}

export async function closeGraphs(): Promise<void> {
  await vscode.window.tabGroups.close(graphTabs());
}

/** Processes with our server's bundle that this extension host has started; undefined where /proc is missing. */
export function serverProcesses(): readonly number[] | undefined {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => isServerProcess(pid));
  } catch {
    return undefined;
  }
}

function isServerProcess(pid: number): boolean {
  try {
    const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server.cjs');
  } catch {
    return false;
  }
}
