/** Expected findings written into a source file as comments with carets; test/projects/broken/README.md states the format. */
import type { Range } from '../../common/model/text.ts';
import { ruleIds } from '../../common/protocol/rules.ts';
import type { RuleId, Severity } from '../../common/protocol/rules.ts';

export interface Expectation {
  /** Lines and characters from 0, as LSP counts them. */
  readonly range: Range;
  readonly severity: Severity;
  readonly code: RuleId;
  /** A text that the message contains. */
  readonly message: string | undefined;
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const marker = /^\s*\/\/ *(?<carets>\^+) (?<severity>\S+) (?<code>\S+)(?: (?<message>.*\S))?\s*$/;

/**
 * The expected findings of a file's text, in the order of their markers.
 * @throws Error when a comment that begins with carets is not a marker, or names no known severity or rule.
 */
export function readExpectations(text: string): readonly Expectation[] {
  const expectations: Expectation[] = [];
  let line: number | undefined;
  for (const [index, source] of text.split(/\r?\n/).entries()) {
    if (!/^\s*\/\/ *\^/.test(source)) {
      line = index;
      continue;
    }
    const groups = marker.exec(source)?.groups;
    const severity = severities.find((known) => known === groups?.['severity']);
    const code = ruleIds.find((known) => known === groups?.['code']);
    if (groups === undefined || severity === undefined || code === undefined || line === undefined) {
      throw new Error(`Line ${index + 1} is not a marker of an expected finding: ${source.trim()}`);
    }
    const start = source.indexOf('^');
    const end = start + (groups['carets'] ?? '').length;
    expectations.push({
      range: { start: { line, character: start }, end: { line, character: end } },
      severity,
      code,
      message: groups['message'],
    });
  }
  return expectations;
}

/** The expectations as a person compares them: one line each, sorted by place. */
export function formatFindings(
  findings: readonly { readonly range: Range; readonly severity: Severity; readonly code: string }[],
): readonly string[] {
  return findings
    .map(({ range: { start, end }, severity, code }) => ({ start, end, severity, code }))
    .sort((a, b) => a.start.line - b.start.line || a.start.character - b.start.character || (a.code < b.code ? -1 : 1))
    .map(
      ({ start, end, severity, code }) =>
        `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${severity} ${code}`,
    );
}
