/** The boxes of exported pictures. Pure. */
import type { GraphFinding, GraphNode } from '../protocol/graph.ts';
import type { Severity } from '../protocol/rules.ts';
import { cutText, widthOf, type Font } from './cut-text.ts';
import { sizes } from './geometry.ts';
import type { GlyphName } from './glyphs.ts';
import { detailFont, glyph, glyphSize, rectangle, slack, text } from './svg-elements.ts';
import { figuresOf, stateText, type SvgRun } from './svg-run.ts';
import { secondLine } from './words.ts';
import { escapeXml } from './xml.ts';

const titleFont: Font = { size: 13, weight: 'bold' };
const markGap = 6;

function tooltip(node: GraphNode, run: SvgRun | undefined): string {
  const parts = [node.title, secondLine(node), node.description === node.detail ? undefined : node.description];
  const state = run?.nodes.get(node.id)?.line;
  const lines = [...parts, state, ...node.findings.map(({ message }) => message)];
  const said = lines.filter((part) => part !== undefined && part !== '').join('\n');
  return `<title>${escapeXml(said)}</title>`;
}

/** Colours by what an entry does: the author's code, data, what others run, the shape of the flow. */
const kindClasses: Readonly<Record<GraphNode['kind'], string>> = {
  step: 'mg-step',
  mapping: 'mg-data',
  workflow: 'mg-data',
  agent: 'mg-actor',
  tool: 'mg-actor',
  classifier: 'mg-actor',
  parallel: 'mg-control',
  conditional: 'mg-control',
  loop: 'mg-control',
  foreach: 'mg-control',
  sleep: 'mg-control',
  sleepUntil: 'mg-control',
  opaque: 'mg-muted',
  start: 'mg-control',
  end: 'mg-control',
};

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

function worst(findings: readonly GraphFinding[]): Severity | undefined {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity));
}

/** Glyphs from the right edge inwards: findings, whether it can suspend, how it went. */
function marks(node: GraphNode, run: SvgRun | undefined, right: number, middle: number): Marks {
  const names: (readonly [GlyphName, string, count?: number])[] = [];
  const status = run?.nodes.get(node.id)?.status;
  if (status !== undefined) names.push([status, `mg-status-${status}`]);
  if (node.canSuspend && status !== 'suspended') names.push(['suspended', 'mg-muted']);
  const severity = worst(node.findings);
  if (severity !== undefined) names.push([severity, `mg-${severity}`, node.findings.length]);
  let x = right;
  const drawn = names.map(([name, className, count = 1]) => {
    const number = count === 1 ? '' : String(count);
    const told = text(number, `mg-detail mg-tells-${name}`, x, middle + 4, 'end');
    x -= glyphSize + (number === '' ? 0 : widthOf(number, detailFont) + 2);
    const placed = glyph(name, className, x, middle - glyphSize / 2);
    x -= markGap;
    return placed + told;
  });
  return { drawn: drawn.join(''), left: x };
}

interface Marks {
  readonly drawn: string;
  /** Where text has to end. */
  readonly left: number;
}

/** A box that holds nothing: a step, an end. */
export function leaf(node: GraphNode, run: SvgRun | undefined): string {
  const { kind, x, y } = node;
  const inner = kind === 'start' || kind === 'end' ? end(node, kind, run) : card(node, run);
  return `<g transform="translate(${x} ${y})">${inner}</g>`;
}

function card(node: GraphNode, run: SvgRun | undefined): string {
  const { width, height, kind } = node;
  const isRound = kind === 'mapping' || kind === 'sleep' || kind === 'sleepUntil';
  const isActor = kind === 'agent' || kind === 'tool' || kind === 'classifier';
  const inset = isRound ? 16 : 12;
  const state = run?.nodes.get(node.id);
  const right = marks(node, run, width - inset, height / 2);
  const left = inset + glyphSize + 8;
  const room = right.left + slack - left;
  const title = cutText(node.title, room, titleFont);
  const detail = state === undefined ? cutText(secondLine(node), room, detailFont) : stateText(state.line, room);
  const radius = isRound ? height / 2 : 6;
  return [
    tooltip(node, run),
    rectangle(cardClasses(node, run), width, height, radius),
    // A second line inside: a workflow of its own stands here, folded.
    kind === 'workflow' ? rectangle('mg-rule', width - 4, height - 4, 4, 2) : '',
    isActor ? `<path class="mg-bar" d="M6 0H4V${height}H6A6 6 0 0 1 0 ${height - 6}V6A6 6 0 0 1 6 0Z"/>` : '',
    glyph(kind, kindClasses[kind], inset, height / 2 - glyphSize / 2),
    text(title, titleClass(node, run), left, detail === '' ? height / 2 + 4.5 : 21),
    text(detail, 'mg-detail', left, 37),
    right.drawn,
  ].join('');
}

function titleClass({ id }: GraphNode, run: SvgRun | undefined): string {
  return run?.nodes.get(id)?.status === 'skipped' ? 'mg-title mg-pale' : 'mg-title';
}

function cardClasses(node: GraphNode, run: SvgRun | undefined): string {
  const classes = [node.kind === 'opaque' ? 'mg-hollow' : 'mg-card'];
  const severity = worst(node.findings);
  if (severity === 'error' || severity === 'warning') classes.push(`mg-has-${severity}`);
  const status = run?.nodes.get(node.id)?.status;
  if (status !== undefined) classes.push(`mg-on-${status}`);
  const isOpen = run !== undefined && (status === undefined || status === 'skipped');
  if (node.kind === 'opaque' || isOpen) classes.push('mg-dashed');
  return classes.join(' ');
}

function end(node: GraphNode, kind: 'start' | 'end', run: SvgRun | undefined): string {
  const { width, height, parent } = node;
  const status = run?.nodes.get(node.id)?.status;
  if (parent !== undefined) {
    const radius = height / 2 - 1;
    const went = status === undefined ? '' : ` mg-on-${status}`;
    const ring = `<circle class="mg-dot${went}" cx="${width / 2}" cy="${height / 2}" r="${radius}" stroke-width="2"/>`;
    const core = `<circle class="mg-dot mg-full" stroke="none" cx="${width / 2}" cy="${height / 2}" r="${radius - 3}"/>`;
    return kind === 'start' ? ring : ring + core;
  }
  const severity = worst(node.findings);
  const isWrong = severity === 'error' || severity === 'warning';
  return [
    tooltip(node, run),
    rectangle(
      ['mg-card', isWrong ? `mg-has-${severity}` : '', status === undefined ? '' : `mg-on-${status}`]
        .filter((part) => part !== '')
        .join(' '),
      width,
      height,
      height / 2,
    ),
    glyph(kind, kindClasses[kind], 12, height / 2 - 6, 12),
    text(cutText(node.title, width - 36, { size: 12, weight: 'normal' }), 'mg-end', 29, height / 2 + 4),
    // Beside it: there is no room inside.
    severity === undefined ? '' : glyph(severity, `mg-${severity}`, width + 6, height / 2 - glyphSize / 2),
  ].join('');
}

/** A box around others, with its header. */
export function container(node: GraphNode, run: SvgRun | undefined): string {
  const { x, y, width, height, kind } = node;
  const { header } = sizes;
  const right = marks(node, run, width - 12, header / 2);
  const state = run?.nodes.get(node.id);
  const left = 12 + glyphSize + 8;
  const figures = cutText(figuresOf(state?.line ?? ''), Math.max(0, (right.left - left) / 2), detailFont);
  const room = right.left - left - (figures === '' ? 0 : widthOf(figures, detailFont) + 8);
  const title = cutText(node.title, room, titleFont);
  const detail = cutText(secondLine(node), room - widthOf(title, titleFont) - 8, detailFont);
  const area = kind === 'workflow' ? 'mg-nested' : 'mg-area';
  const dashed = kind === 'parallel' || kind === 'conditional' ? ' mg-dashed' : '';
  return [
    `<g transform="translate(${x} ${y})">`,
    tooltip(node, run),
    // Sheets behind it: one for each item.
    ...(kind === 'foreach' ? [8, 4].map((offset) => rectangle('mg-area', width, height, 8, offset)) : []),
    rectangle(`${area}${dashed}`, width, height, 8),
    `<path class="mg-rule" stroke-opacity="0.6" d="M1 ${header - 0.5}H${width - 1}"/>`,
    glyph(kind, kindClasses[kind], 12, header / 2 - glyphSize / 2),
    // One text, so that the second part stands right behind the first whatever the font makes of that.
    `<text x="${left}" y="${header / 2 + 4.5}"><tspan class="${titleClass(node, run)}">${escapeXml(title)}</tspan>`,
    detail === '' ? '' : `<tspan class="mg-detail" dx="8">${escapeXml(detail)}</tspan>`,
    '</text>',
    text(figures, 'mg-detail', right.left, header / 2 + 4, 'end'),
    right.drawn,
    '</g>',
  ].join('');
}
