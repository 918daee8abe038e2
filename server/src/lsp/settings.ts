/** The settings the server reads, checked where they enter. */
import type { Connection } from 'vscode-languageserver';
import * as z from 'zod/mini';
import { ruleIds } from '../../../common/protocol/rules.ts';
import type { RuleSettings } from '../rules/index.ts';

const severity = z.enum(['error', 'warning', 'info', 'hint', 'off']);

/** A value that is not understood counts as not set: a typing mistake in a setting must not switch off the analysis. */
const ruleSettings = z.catch(
  z.object(Object.fromEntries(ruleIds.map((id) => [id, z.catch(z.optional(severity), undefined)]))),
  {},
);

/** The rules' settings as the user wrote them, `mastra.rules`: rule -> severity or `off`. */
export function parseRuleSettings(value: unknown): RuleSettings {
  return ruleSettings.parse(value ?? {});
}

export interface FolderSettings {
  /** The settings that hold in a folder; asked for once. */
  readonly of: (folderUri: string) => Promise<RuleSettings>;
  /** The user changed a setting. */
  readonly forget: () => void;
}

/** Settings of the editor behind `connection`; the rules' own severities where it cannot be asked. */
export function folderSettings(connection: Connection, canAsk: () => boolean): FolderSettings {
  const known = new Map<string, Promise<RuleSettings>>();

  async function ask(scopeUri: string): Promise<RuleSettings> {
    if (!canAsk()) return {};
    return parseRuleSettings(await connection.workspace.getConfiguration({ section: 'mastra.rules', scopeUri }));
  }

  return {
    of(folderUri) {
      const settings = known.get(folderUri) ?? ask(folderUri).catch(() => ({}));
      known.set(folderUri, settings);
      return settings;
    },
    forget() {
      known.clear();
    },
  };
}
