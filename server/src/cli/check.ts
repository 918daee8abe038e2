/** What `check` prints: findings as JSON for programs, as text with the code for people. */
import { readFile } from 'node:fs/promises';
import type { Finding, Severity } from '../../../common/protocol/rules.ts';
import type { Result } from './analysis.ts';
import { codeFrame } from './code-frame.ts';
import { painter, type Painter } from './colour.ts';

type Name = (file: string) => string;

/** 1 when there is something to act on; information and hints are none. */
export function exitCodeOf(result: Result): 0 | 1 {
  return findingsIn(result).some(({ severity }) => severity === 'error' || severity === 'warning') ? 1 : 0;
}

/** One JSON document, ending with a line break. */
export function toCheckJson(result: Result, name: Name): string {
  const document = {
    diagnostics: findingsIn(result).map(({ file, range, severity, rule, message, related }) => ({
      file: name(file),
      range,
      severity,
      code: rule,
      message,
      related: related.map((place) => ({ file: name(place.file), range: place.range, message: place.message })),
    })),
    workflows: sum(result.scopes.map(({ workflows }) => workflows.length)),
    files: sum(result.scopes.map(({ files }) => files.length)),
    opaque: result.scopes
      .flatMap(({ opaque }) => opaque)
      .map(({ file, range, reason }) => ({ file: name(file), range, reason })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Every finding with its code and what belongs to it, and a last line that counts them. Empty when there is none. */
export async function toCheckText(result: Result, name: Name, colour: boolean): Promise<string> {
  const findings = findingsIn(result);
  if (findings.length === 0) return '';
  const paint = painter(colour);
  const texts = new Map<string, readonly string[]>();
  for (const file of new Set(findings.map((finding) => finding.file))) {
    const text = await readFile(file, 'utf8').catch(() => '');
    texts.set(file, text.replace(/^\uFEFF/, '').split(/\r\n|[\n\r\u2028\u2029]/));
  }
  const blocks = findings.map((finding) => block(finding, texts.get(finding.file) ?? [], name, paint));
  return `${blocks.join('\n')}\n${summary(findings)}\n`;
}

function block(finding: Finding, lines: readonly string[], name: Name, paint: Painter): string {
  const { severity, rule, message, related } = finding;
  return [
    `${paint.strong(place(finding, name))} ${paint[severity](severity)} ${paint.weak(rule)}`,
    `  ${message}`,
    '',
    ...codeFrame(lines, finding.range, (marks) => paint[severity](marks), paint.weak).map((line) => `  ${line}`),
    ...(related.length === 0 ? [] : ['']),
    ...related.map((other) => `  ${paint.weak(`${place(other, name)}:`)} ${other.message}`),
    '',
  ].join('\n');
}

/** `file:line:column`, counted from 1: what terminals and editors make a link of. */
function place({ file, range }: Pick<Finding, 'file' | 'range'>, name: Name): string {
  return `${name(file)}:${range.start.line + 1}:${range.start.character + 1}`;
}

function summary(findings: readonly Finding[]): string {
  const kinds: readonly (readonly [Severity, string])[] = [
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'information'],
    ['hint', 'hint'],
  ];
  return kinds
    .map(([severity, word]) => [findings.filter((finding) => finding.severity === severity).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 || word === 'information' ? '' : 's'}`)
    .join(', ');
}

function findingsIn(result: Result): readonly Finding[] {
  return result.scopes.flatMap(({ findings }) => findings);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
