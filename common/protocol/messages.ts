/** Every message of ours over the language server's connection, beside the standard LSP ones: method -> params and result. */
import type { Position } from '../model/text.ts';
import type { WorkflowKey } from '../model/workflow.ts';
import type { GraphModel } from './graph.ts';
import type { OverviewWorkflow } from './overview.ts';

/** Client -> server requests. */
export interface Requests {
  /** The workflows of the folder of `uri`, or of all folders. For pickers and the lens. */
  'mastra/workflows': { params: { readonly uri: string | undefined }; result: readonly WorkflowSummary[] };
  /** The workflows of the folder of `uri`, or of all folders, with how they nest and what is wrong with them. */
  'mastra/overview': { params: { readonly uri: string | undefined }; result: readonly OverviewWorkflow[] };
  /** One workflow as a JSON document that mirrors Mastra's own step graph; null when there is none. */
  'mastra/graphJson': { params: { readonly uri: string; readonly key: WorkflowKey }; result: string | null };
  /** What is to be drawn of one workflow. */
  'mastra/graph': { params: { readonly uri: string; readonly key: WorkflowKey }; result: GraphResult };
  /** Which workflow and entry a cursor is in. */
  'mastra/nodeAt': { params: { readonly uri: string; readonly position: Position }; result: NodeAt | null };
}

/** Server -> client notifications. */
export interface Notifications {
  'mastra/status': ServerStatus;
  /** The model of these files was computed anew: panels ask for their graph again. */
  'mastra/modelChanged': { readonly uris: readonly string[] };
}

export interface WorkflowSummary {
  readonly key: WorkflowKey;
  readonly uri: string;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly exportName: string | undefined;
  readonly description: string | undefined;
  readonly line: number;
  /** At any depth, as the drawing counts them. */
  readonly steps: number;
}

export type GraphResult =
  | { readonly kind: 'graph'; readonly graph: GraphModel; readonly version: number }
  /** The file does not parse now: keep the last drawing. */
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'gone' };

export interface NodeAt {
  readonly key: WorkflowKey;
  readonly address: string | undefined;
}

/** What the language status item shows for a workspace folder; `folder` is its URI as the client named it in `initialize`. */
export type ServerStatus =
  | { readonly state: 'starting'; readonly folder: string }
  | { readonly state: 'ready'; readonly folder: string; readonly workflows: number; readonly mastraVersion: string }
  | { readonly state: 'structure-only'; readonly folder: string; readonly workflows: number }
  | { readonly state: 'failed'; readonly folder: string; readonly reason: string };
