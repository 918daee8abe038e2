/** Quick fixes: the fixes of the findings under the cursor, as edits to the versions of the documents they were made for. */
import {
  CodeActionKind,
  type CodeAction,
  type Diagnostic,
  type Range,
  type TextDocumentEdit,
} from 'vscode-languageserver';
import { comparePositions } from '../../../common/model/text.ts';
import type { FileEdit } from '../../../common/model/text.ts';
import type { Finding, Fix } from '../../../common/protocol/rules.ts';
import { diagnosticSource } from './diagnostics.ts';
import { groupBy } from './groups.ts';

export interface CodeActionRequest {
  readonly file: string;
  readonly range: Range;
  /** The diagnostics the editor shows there: an action names those it clears. */
  readonly diagnostics: readonly Diagnostic[];
  /** The kinds asked for; all when undefined. */
  readonly only: readonly string[] | undefined;
}

/** How the editor knows a file: its URI, and its version when it is open. */
export type DocumentOf = (file: string) => { readonly uri: string; readonly version: number | null };

/** What is offered for a finding besides its own fixes. */
export type MoreFixes = (finding: Finding) => readonly Fix[];

/**
 * The fixes of all findings that touch the request's range, and below them what `moreFixes` adds. Edits carry the
 * document's version: the editor refuses them when the text has moved on since, instead of changing the wrong place.
 */
export function codeActions(
  findings: readonly Finding[],
  request: CodeActionRequest,
  documentOf: DocumentOf,
  moreFixes: MoreFixes = () => [],
): readonly CodeAction[] {
  if (request.only !== undefined && !request.only.some(includesQuickFix)) return [];
  const touched = findings.filter(({ file, range }) => file === request.file && touches(range, request.range));
  const actions = (fixesOf: MoreFixes) =>
    touched.flatMap((finding) => fixesOf(finding).map((fix) => actionOf(finding, fix, request, documentOf)));
  return [...actions(({ fixes }) => fixes), ...actions(moreFixes)];
}

function actionOf(finding: Finding, fix: Fix, request: CodeActionRequest, documentOf: DocumentOf): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    isPreferred: fix.preferred,
    diagnostics: request.diagnostics.filter(
      (diagnostic) =>
        diagnostic.source === diagnosticSource &&
        diagnostic.code === finding.rule &&
        comparePositions(diagnostic.range.start, finding.range.start) === 0,
    ),
    edit: { documentChanges: documentEdits(fix.edits, documentOf) },
  };
}

function documentEdits(edits: readonly FileEdit[], documentOf: DocumentOf): TextDocumentEdit[] {
  return [...groupBy(edits, (edit) => edit.file)].map(([file, ofFile]) => ({
    textDocument: documentOf(file),
    edits: ofFile.map(({ range, newText }) => ({ range, newText })),
  }));
}

/** Kinds are a hierarchy: asking for `quickfix` or for everything above it includes ours. */
function includesQuickFix(kind: string): boolean {
  return kind === '' || kind === CodeActionKind.QuickFix;
}

function touches(a: Range, b: Range): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}
