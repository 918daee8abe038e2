/** The settings of the history, checked where they enter. */
import type * as vscode from 'vscode';
import * as z from 'zod/mini';

export interface HistorySettings {
  readonly enabled: boolean;
  readonly maxRuns: number;
  readonly maxBytes: number;
  /** Names of fields whose values are not written. */
  readonly redact: readonly string[];
}

export const defaultRedact = [
  'apiKey',
  'x-api-key',
  'authorization',
  'password',
  'passphrase',
  'secret',
  'clientSecret',
  'token',
  'accessToken',
  'refreshToken',
  'idToken',
  'privateKey',
  'cookie',
  'set-cookie',
] as const;

const enabled = z.catch(z.boolean(), true);
const maxRuns = z.catch(z.number().check(z.gte(1)), 200);
const maxSize = z.catch(z.number().check(z.gte(1)), 200);
/** A list that cannot be read hides as much as the default one. */
const redact = z.catch(z.array(z.string()), () => [...defaultRedact]);

/** What is not a value of its setting counts as its default. */
export function readHistorySettings(workspace: Pick<typeof vscode.workspace, 'getConfiguration'>): HistorySettings {
  const settings = workspace.getConfiguration('mastra.history');
  return {
    enabled: enabled.parse(settings.get('enabled')),
    maxRuns: maxRuns.parse(settings.get('maxRuns')),
    maxBytes: maxSize.parse(settings.get('maxSizeMB')) * 1_048_576,
    redact: redact.parse(settings.get('redact')),
  };
}
