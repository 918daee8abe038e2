/** Findings -> diagnostics as LSP has them. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { Finding, RuleId, Severity } from '../../../common/protocol/rules.ts';
import { uriOfFile } from '../typescript/files.ts';
import { groupBy } from './groups.ts';

/** The source that Problems shows beside each of our diagnostics. */
export const diagnosticSource = 'mastra';

/** What a diagnostic of ours carries for clients that want to act on it. */
export interface DiagnosticData {
  readonly rule: RuleId;
  /** Key of the workflow it belongs to, and the entry's address in it when it belongs to one. */
  readonly workflow: string | undefined;
  readonly address: string | undefined;
  readonly fixable: boolean;
}

export interface DiagnosticContext {
  /** The page that explains a rule; undefined when there is none to open. */
  rulePage(rule: RuleId): string | undefined;
  /** The URI under which the editor knows a file. */
  uriOf(file: string): string;
}

export const defaultContext: DiagnosticContext = { rulePage: () => undefined, uriOf: uriOfFile };

/** The diagnostics of every file that has findings, in the order of the findings. */
export function diagnosticsByFile(
  findings: readonly Finding[],
  context: DiagnosticContext = defaultContext,
): ReadonlyMap<string, readonly Diagnostic[]> {
  return new Map(
    [...groupBy(findings, (finding) => finding.file)].map(([file, ofFile]) => [
      file,
      ofFile.map((finding) => diagnosticOf(finding, context)),
    ]),
  );
}

export function diagnosticOf(finding: Finding, context: DiagnosticContext): Diagnostic {
  const page = context.rulePage(finding.rule);
  const data: DiagnosticData = {
    rule: finding.rule,
    workflow: finding.workflow,
    address: finding.address,
    fixable: finding.fixes.length > 0,
  };
  return {
    range: finding.range,
    severity: severities[finding.severity],
    source: diagnosticSource,
    code: finding.rule,
    message: finding.message,
    relatedInformation: finding.related.map(({ file, range, message }) => ({
      location: { uri: context.uriOf(file), range },
      message,
    })),
    data,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
  };
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
