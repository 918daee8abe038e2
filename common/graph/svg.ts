/** A drawing as an SVG file that needs nothing else: for documents, pull requests, slides. Pure. */
import type { EntryAddress } from '../model/address.ts';
import type { GraphEdge, GraphFinding, GraphLabel, GraphNode, GraphView } from '../protocol/graph.ts';
import type { Severity } from '../protocol/rules.ts';
import { cutText, widthOf, type Font } from './cut-text.ts';
import { sizes, type Size } from './geometry.ts';
import type { GlyphName } from './glyphs.ts';
import { arrowHead, markPoint, roundedPath } from './paths.ts';
import { glyph, glyphSize, rectangle, symbol, text, usedGlyphs } from './svg-elements.ts';
import { svgStyle, type NodeStatus, type SvgColours } from './svg-style.ts';
import { secondLine } from './words.ts';
import { escapeXml } from './xml.ts';

/** What a run says about the drawing. */
export interface SvgRun {
  /** `line` stands for the second line of the box: `Succeeded · 1.4 s`. */
  readonly nodes: ReadonlyMap<EntryAddress, { readonly status: NodeStatus; readonly line: string }>;
  /** Ids of the edges that data went over. */
  readonly passed: ReadonlySet<string>;
  /** One line above the drawing: how the run went, and when. */
  readonly caption: string;
}

export interface SvgOptions {
  /** `auto` by default. */
  readonly colours?: SvgColours;
  readonly run?: SvgRun | undefined;
}

const titleFont: Font = { size: 13, weight: 'bold' };
const detailFont: Font = { size: 11, weight: 'normal' };
const captionHeight = 28;
const markGap = 6;
/** Widths are estimated for wide fonts: so much closer to a mark may a text come. */
const slack = 5;
/** A screen reader reads the description in one go. */
const longestDescription = 2_000;

/** Width and height of the picture in pixels. */
export function svgSize({ width, height }: GraphView, { run }: Pick<SvgOptions, 'run'>): Size {
  return { width, height: run === undefined ? height : height + captionHeight };
}

/**
 * The whole drawing with an opaque background, as text that ends with a newline. Texts are cut as estimated for the fonts
 * that editors use by default, and told in full by the tooltip of their box.
 */
export function toSvg(graph: GraphView, { colours = 'auto', run }: SvgOptions = {}): string {
  const top = run === undefined ? 0 : captionHeight;
  const { width, height } = svgSize(graph, { run });
  const containers = graph.nodes.filter((node) => node.container);
  const leaves = graph.nodes.filter((node) => !node.container);
  const drawing = [
    ...containers.map((node) => container(node, run)),
    ...graph.edges.map((edge) => line(edge, run)),
    ...leaves.map((node) => leaf(node, run)),
    ...graph.edges.flatMap((edge) => [
      ...(edge.label === undefined ? [] : [chip(edge.label)]),
      ...(edge.data === undefined ? [] : [data(edge, edge.data)]),
      ...(edge.finding === undefined ? [] : [edgeMark(edge, edge.finding)]),
    ]),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="mg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(graph.workflow.title)}</title>`,
    `<desc>${escapeXml(describe(graph, run))}</desc>`,
    `<style>\n${svgStyle(colours)}\n</style>`,
    `<defs>\n${usedGlyphs(drawing).map(symbol).join('\n')}\n</defs>`,
    `<rect class="mg-ground" width="${width}" height="${height}"/>`,
    ...(run === undefined ? [] : [caption(run, width)]),
    top === 0 ? '<g>' : `<g transform="translate(0 ${top})">`,
    ...drawing,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function describe({ workflow, nodes }: GraphView, run: SvgRun | undefined): string {
  const parts = [workflow.description, run?.caption].filter((part) => part !== undefined);
  const steps = nodes.filter(({ container: holds, kind }) => !holds && kind !== 'start' && kind !== 'end');
  const names = steps.map(({ id, title }) => {
    const state = run?.nodes.get(id);
    return state === undefined ? title : `${title} (${state.line})`;
  });
  parts.push(names.length === 0 ? 'A workflow without steps.' : `Steps: ${names.join(', ')}.`);
  const text = parts.join('\n');
  return text.length <= longestDescription ? text : `${text.slice(0, longestDescription - 1)}…`;
}

// Boxes

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
  const names: (readonly [GlyphName, string])[] = [];
  const status = run?.nodes.get(node.id)?.status;
  if (status !== undefined) names.push([status, `mg-status-${status}`]);
  if (node.canSuspend && status !== 'suspended') names.push(['suspended', 'mg-muted']);
  const severity = worst(node.findings);
  if (severity !== undefined) names.push([severity, `mg-${severity}`]);
  let x = right;
  const drawn = names.map(([name, className]) => {
    x -= glyphSize;
    const placed = glyph(name, className, x, middle - glyphSize / 2);
    x -= markGap;
    return placed;
  });
  return { drawn: drawn.join(''), left: x };
}

interface Marks {
  readonly drawn: string;
  /** Where text has to end. */
  readonly left: number;
}

function leaf(node: GraphNode, run: SvgRun | undefined): string {
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
  const detail = cutText(state === undefined ? secondLine(node) : state.line, room, detailFont);
  const radius = isRound ? height / 2 : 6;
  return [
    tooltip(node, run),
    rectangle(cardClasses(node, run), width, height, radius),
    // A second line inside: a workflow of its own stands here, folded.
    kind === 'workflow' ? rectangle('mg-rule', width - 4, height - 4, 4, 2) : '',
    isActor ? `<path class="mg-bar" d="M6 0H4V${height}H6A6 6 0 0 1 0 ${height - 6}V6A6 6 0 0 1 6 0Z"/>` : '',
    glyph(kind, kindClasses[kind], inset, height / 2 - glyphSize / 2),
    text(title, 'mg-title', left, detail === '' ? height / 2 + 4.5 : 21),
    text(detail, 'mg-detail', left, 37),
    right.drawn,
  ].join('');
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
    const ring = `<circle class="mg-dot" cx="${width / 2}" cy="${height / 2}" r="${radius}" stroke-width="2"/>`;
    const core = `<circle class="mg-dot mg-full" stroke="none" cx="${width / 2}" cy="${height / 2}" r="${radius - 3}"/>`;
    return kind === 'start' ? ring : ring + core;
  }
  const severity = worst(node.findings);
  return [
    tooltip(node, run),
    rectangle(
      ['mg-card', severity === undefined ? '' : `mg-has-${severity}`, status === undefined ? '' : `mg-on-${status}`]
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

function container(node: GraphNode, run: SvgRun | undefined): string {
  const { x, y, width, height, kind } = node;
  const { header } = sizes;
  const right = marks(node, run, width - 12, header / 2);
  const state = run?.nodes.get(node.id);
  const left = 12 + glyphSize + 8;
  const stateText = state === undefined ? '' : cutText(state.line, Math.max(0, (right.left - left) / 2), detailFont);
  const room = right.left - left - (stateText === '' ? 0 : widthOf(stateText, detailFont) + 8);
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
    `<text x="${left}" y="${header / 2 + 4.5}"><tspan class="mg-title">${escapeXml(title)}</tspan>`,
    detail === '' ? '' : `<tspan class="mg-detail" dx="8">${escapeXml(detail)}</tspan>`,
    '</text>',
    text(stateText, 'mg-detail', right.left, header / 2 + 4, 'end'),
    right.drawn,
    '</g>',
  ].join('');
}

// Lines

function line(edge: GraphEdge, run: SvgRun | undefined): string {
  const classes = [
    edge.kind === 'loop-back' ? 'mg-back' : '',
    edge.finding === undefined ? '' : `mg-is-${edge.finding.severity}`,
    run === undefined ? '' : run.passed.has(edge.id) ? 'mg-went' : 'mg-idle',
  ];
  const more = classes.map((name) => (name === '' ? '' : ` ${name}`)).join('');
  const told = [edge.finding?.message, edge.shape?.text].filter((part) => part !== undefined).join('\n\n');
  // What leaves a container's inside ends at its border and goes on as the next line.
  const hasHead = edge.kind === 'loop-back' || !edge.from.startsWith(`${edge.to}/`);
  return [
    '<g>',
    told === '' ? '' : `<title>${escapeXml(told)}</title>`,
    `<path class="mg-edge${more}" d="${roundedPath(edge.points)}"/>`,
    hasHead ? `<path class="mg-arrow${more}" d="${arrowHead(edge.points)}"/>` : '',
    '</g>',
  ].join('');
}

function chip({ text: whole, x, y, width, height }: GraphLabel): string {
  return [
    `<g transform="translate(${x} ${y})"><title>${escapeXml(whole)}</title>`,
    rectangle('mg-chip', width, height, height / 2),
    text(cutText(whole, width - 16, detailFont), 'mg-detail mg-chip-text', width / 2, height / 2 + 4, 'middle'),
    '</g>',
  ].join('');
}

/** What flows, in short, or what does not fit. */
function data({ finding }: GraphEdge, { text: whole, x, y, width, height }: GraphLabel): string {
  const className = finding === undefined ? 'mg-detail' : `mg-detail mg-tells-${finding.severity}`;
  return text(cutText(whole, width, detailFont), className, x, y + height / 2 + 4);
}

function edgeMark(edge: GraphEdge, { severity, message }: GraphFinding): string {
  const [x, y] = markPoint(edge.points);
  return [
    `<g transform="translate(${x - 10} ${y - 10})"><title>${escapeXml(message)}</title>`,
    '<circle class="mg-ground" cx="10" cy="10" r="10"/>',
    glyph(severity, `mg-${severity}`, 2, 2),
    '</g>',
  ].join('');
}

function caption(run: SvgRun, width: number): string {
  return text(cutText(run.caption, width - 2 * sizes.margin, titleFont), 'mg-caption', sizes.margin, captionHeight - 4);
}
