/** The lines of exported pictures. Pure. */
import type { GraphEdge, GraphFinding, GraphLabel, GraphNode } from '../protocol/graph.ts';
import { cutText } from './cut-text.ts';
import { sizes } from './geometry.ts';
import { arrowHead, markPoint, roundedPath } from './paths.ts';
import { detailFont, glyph, rectangle, slack, text } from './svg-elements.ts';
import type { SvgRun } from './svg-run.ts';
import { joinText } from './words.ts';
import { escapeXml } from './xml.ts';

/** Where the paths come together: a bar where all of them are waited for, a dot where those that ran are. */
export function join({ kind, x, y, width, height, id }: GraphNode, run: SvgRun | undefined): string {
  if (kind !== 'parallel' && kind !== 'conditional') return '';
  const [wide, high] = kind === 'parallel' ? [28, 4] : [8, 8];
  const went = run?.nodes.get(id)?.status === 'success' ? ' mg-went' : '';
  const middle = y + height - sizes.turn;
  const place = `x="${x + width / 2 - wide / 2}" y="${middle - high / 2}" width="${wide}" height="${high}"`;
  return `<g><title>${escapeXml(joinText(kind))}</title><rect class="mg-join${went}" ${place} rx="${high / 2}"/></g>`;
}

/** The line with its head, and what it tells when it is pointed at. */
export function line(edge: GraphEdge, run: SvgRun | undefined): string {
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
  return text(cutText(whole, width + slack, detailFont), className, x, y + height / 2 + 4);
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

/** Texts and marks beside a line. */
export function lineTexts(edge: GraphEdge): readonly string[] {
  const { label, data: flowing, finding } = edge;
  return [
    ...(label === undefined ? [] : [chip(label)]),
    ...(flowing === undefined ? [] : [data(edge, flowing)]),
    ...(finding === undefined ? [] : [edgeMark(edge, finding)]),
  ];
}
