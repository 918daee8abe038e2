/** Findings as SARIF 2.1.0, the format of code scanning services (https://docs.oasis-open.org/sarif/sarif/v2.1.0). */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { FileEdit, Location, Range } from '../../../common/model/text.ts';
import type { Finding, Fix, RuleId, Severity } from '../../../common/protocol/rules.ts';
import { groupBy } from '../features/groups.ts';
import { catalog, type SuppressedFinding } from '../rules/index.ts';
import { isInside, uriOfFile } from '../typescript/files.ts';
import type { Result } from './analysis.ts';

export interface SarifOptions {
  /** The folder that paths are relative to, `%SRCROOT%`. */
  readonly root: string;
  readonly version: string;
  /** The URL of the page that explains a rule. */
  readonly page: (rule: RuleId) => string | undefined;
  readonly pageText: (url: string) => Promise<string | undefined>;
}

const rootName = '%SRCROOT%';

/** One SARIF log with one run, ending with a line break. Suppressed findings are in it, marked as such. */
export async function toSarif(result: Result, options: SarifOptions): Promise<string> {
  const rules = await Promise.all(catalog.map(({ id, summary }) => descriptor(id, summary, options)));
  const prints = fingerprints(options.root);
  const found = result.scopes.flatMap(({ findings }) => findings);
  const suppressed = result.scopes.flatMap((scope) => scope.suppressed);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Mastra Workflows', version: options.version, semanticVersion: options.version, rules },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [rootName]: { uri: `${uriOfFile(options.root).replace(/\/$/, '')}/` } },
        invocations: [
          {
            executionSuccessful: result.problems.length === 0,
            toolExecutionNotifications: [
              ...result.problems.map((text) => ({ level: 'error', message: { text } })),
              ...result.notes.map((text) => ({ level: 'note', message: { text } })),
            ],
          },
        ],
        results: [
          ...found.map((finding) => resultOf(finding, options.root, prints(finding))),
          ...[...groupBy(suppressed, ({ finding }) => finding)].map(([finding, by]) => ({
            ...resultOf(finding, options.root, prints(finding)),
            suppressions: by.map((each) => suppressionOf(each, options.root)),
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

async function descriptor(id: RuleId, summary: string, { page, pageText }: SarifOptions) {
  const helpUri = page(id);
  const markdown = helpUri === undefined ? undefined : await pageText(helpUri);
  return {
    id,
    shortDescription: { text: summary },
    ...(helpUri === undefined ? {} : { helpUri }),
    ...(markdown === undefined ? {} : { help: { text: markdown, markdown } }),
  };
}

function resultOf(finding: Finding, root: string, fingerprint: string) {
  const { rule, severity, message, related, fixes } = finding;
  return {
    ruleId: rule,
    ruleIndex: catalog.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: physicalLocation(finding, root) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, id) => ({
            id,
            message: { text: place.message },
            physicalLocation: physicalLocation(place, root),
          })),
        }),
    partialFingerprints: { 'mastraFinding/v1': fingerprint },
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => fixOf(fix, root)) }),
  };
}

/** SARIF has no level for hints. */
const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

function suppressionOf({ by }: SuppressedFinding, root: string) {
  return {
    kind: 'inSource',
    ...(by.reason === undefined ? {} : { justification: by.reason }),
    location: { physicalLocation: physicalLocation(by, root) },
  };
}

function physicalLocation({ file, range }: Location, root: string) {
  return { artifactLocation: artifact(file, root), region: region(range) };
}

/** Relative inside of `root`; what lies elsewhere has a URI of its own. */
function artifact(file: string, root: string) {
  if (!isInside(root, file)) return { uri: uriOfFile(file) };
  const uri = path.posix.relative(root, file).split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: rootName };
}

/** SARIF counts from 1, and the end column is the one behind the last character. */
function region({ start, end }: Range) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function fixOf({ title, edits }: Fix, root: string) {
  return {
    description: { text: title },
    artifactChanges: [...groupBy(edits, (edit) => edit.file)].map(([file, ofFile]) => ({
      artifactLocation: artifact(file, root),
      replacements: ofFile.map(replacement),
    })),
  };
}

function replacement({ range, newText }: FileEdit) {
  return {
    deletedRegion: region(range),
    ...(newText === '' ? {} : { insertedContent: { text: newText } }),
  };
}

/** What tells a finding from others, whatever lines are added above it: services keep their state of it by that. */
function fingerprints(root: string): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ rule, file, message }) => {
    const content = JSON.stringify([rule, path.posix.relative(root, file), message]);
    const count = (seen.get(content) ?? 0) + 1;
    seen.set(content, count);
    return `${createHash('sha256').update(content).digest('hex').slice(0, 32)}:${String(count)}`;
  };
}
