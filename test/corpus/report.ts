/** What a check of real projects tells, and how it is printed: tables for people, in Markdown for the documentation. */
import { ruleIds, type RuleId, type Severity } from '../../common/protocol/rules.ts';
import { formatSeconds, formatTable } from '../bench/report.ts';

export interface ProjectReport {
  readonly files: number;
  readonly workflows: number;
  /** The version of each package in it, or that there is none. */
  readonly mastra: readonly string[];
  readonly edges: {
    readonly all: number;
    readonly opaque: number;
    readonly legacy: number;
    readonly reasons: readonly (readonly [reason: string, times: number])[];
  };
  readonly findings: readonly ProjectFinding[];
  readonly suppressed: number;
  readonly milliseconds: number;
  /** Faults of ours, with the place in our code. */
  readonly crashes: readonly string[];
  /** What else could not be read, e.g. files that do not parse. */
  readonly problems: readonly string[];
}

export interface ProjectFinding {
  readonly place: string;
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
}

export type NamedReport = ProjectReport & { readonly name: string };

/** One line for each project, and the sum. `both`: the share of opaque edges with those of legacy chains among them. */
export function formatProjects(reports: readonly NamedReport[]): string {
  const rows = [...reports, { ...sumOf(reports), name: 'all' }].map((report) => [
    report.name,
    String(report.files),
    String(report.workflows),
    String(report.edges.all),
    share(report.edges),
    String(report.edges.legacy),
    shareWithLegacy(report.edges),
    ...severities.map((severity) => String(report.findings.filter((each) => each.severity === severity).length)),
    String(report.crashes.length),
    formatSeconds(report.milliseconds),
    [...new Set(report.mastra)].join(' '),
  ]);
  const head = [
    'project',
    'files',
    'workflows',
    'edges',
    'opaque',
    'legacy',
    'both',
    ...severities,
    'crashes',
    'time',
    'mastra',
  ];
  return formatTable(head, rows);
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** How often each rule reports in each project; rules that report nowhere are left out. */
export function formatRules(reports: readonly NamedReport[]): string {
  const count = ({ findings }: ProjectReport, rule: RuleId) => findings.filter((each) => each.rule === rule).length;
  const rules = ruleIds.filter((rule) => reports.some((report) => count(report, rule) > 0));
  if (rules.length === 0) return 'No findings.';
  const rows = rules.map((rule) => [
    rule,
    ...reports.map((report) => String(count(report, rule))),
    String(count(sumOf(reports), rule)),
  ]);
  return formatTable(['rule', ...reports.map(({ name }) => name), 'all'], rows);
}

/** A line for each finding, the severest first, to be read and judged: Markdown, with a last column that is empty. */
export function formatFindings(reports: readonly NamedReport[]): string {
  const bySeverity = (a: ProjectFinding, b: ProjectFinding) =>
    severities.indexOf(a.severity) - severities.indexOf(b.severity);
  const lines = reports.flatMap(({ name, findings }) =>
    findings
      .toSorted(bySeverity)
      .map(({ place, rule, severity, message }) =>
        ['', name, place, rule, severity, message.replaceAll('|', '\\|'), '', ''].join(' | ').trim(),
      ),
  );
  if (lines.length === 0) return 'No findings.';
  return [
    '| project | place | rule | severity | message | verdict |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

/** Why edges are opaque, the most frequent reasons first. */
export function formatReasons(reports: readonly NamedReport[]): string {
  const { reasons } = sumOf(reports).edges;
  return reasons.length === 0
    ? 'No edge is opaque.'
    : formatTable(
        ['reason', 'edges'],
        reasons.map(([reason, times]) => [reason, String(times)]),
      );
}

function share({ all, opaque }: { readonly all: number; readonly opaque: number }): string {
  return all === 0 ? '' : `${((100 * opaque) / all).toFixed(1)} %`;
}

/** As if the edges of legacy chains were edges like others, and opaque. */
function shareWithLegacy({ all, opaque, legacy }: ProjectReport['edges']): string {
  return share({ all: all + legacy, opaque: opaque + legacy });
}

export function sumOf(reports: readonly ProjectReport[]): ProjectReport {
  const reasons = new Map<string, number>();
  for (const [reason, times] of reports.flatMap(({ edges }) => edges.reasons)) {
    reasons.set(reason, (reasons.get(reason) ?? 0) + times);
  }
  const sum = (figure: (report: ProjectReport) => number) => reports.reduce((total, each) => total + figure(each), 0);
  return {
    files: sum(({ files }) => files),
    workflows: sum(({ workflows }) => workflows),
    mastra: [],
    edges: {
      all: sum(({ edges }) => edges.all),
      opaque: sum(({ edges }) => edges.opaque),
      legacy: sum(({ edges }) => edges.legacy),
      reasons: [...reasons].toSorted(([, a], [, b]) => b - a),
    },
    findings: reports.flatMap(({ findings }) => findings),
    suppressed: sum(({ suppressed }) => suppressed),
    milliseconds: sum(({ milliseconds }) => milliseconds),
    crashes: reports.flatMap(({ crashes }) => crashes),
    problems: reports.flatMap(({ problems }) => problems),
  };
}
