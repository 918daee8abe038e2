/** A drawing as an SVG file that needs nothing else: for documents, pull requests, slides. Pure. */
import type { GraphView } from '../protocol/graph.ts';
import { sizes, type Size } from './geometry.ts';
import { container, leaf } from './svg-boxes.ts';
import { symbol, text, usedGlyphs } from './svg-elements.ts';
import { join, line, lineTexts } from './svg-lines.ts';
import { captionHeight, captionLines, captionTexts, type SvgRun } from './svg-run.ts';
import { svgStyle, type SvgColours } from './svg-style.ts';
import { escapeXml } from './xml.ts';

export type { SvgRun } from './svg-run.ts';

export interface SvgOptions {
  /** `auto` by default. */
  readonly colours?: SvgColours;
  readonly run?: SvgRun | undefined;
}

/** A screen reader reads the description in one go. */
const longestDescription = 2_000;

/** Width and height of the picture in pixels. */
export function svgSize({ width: own, overhang, height }: GraphView, { run }: Pick<SvgOptions, 'run'>): Size {
  const width = own + overhang;
  return { width, height: height + captionHeight(captionLines(run, width)) };
}

/**
 * The whole drawing with an opaque background, as text that ends with a newline. Texts are cut as estimated for the fonts
 * that editors use by default, and told in full by the tooltip of their box.
 */
export function toSvg(graph: GraphView, { colours = 'auto', run }: SvgOptions = {}): string {
  const { width, height } = svgSize(graph, { run });
  const told = captionLines(run, width);
  const top = captionHeight(told);
  const containers = graph.nodes.filter((node) => node.container);
  const leaves = graph.nodes.filter((node) => !node.container);
  const drawing = [
    ...containers.map((node) => container(node, run)),
    ...containers.map((node) => join(node, run)),
    ...graph.edges.map((edge) => line(edge, run)),
    ...leaves.map((node) => leaf(node, run)),
    ...graph.edges.flatMap(lineTexts),
  ].filter((part) => part !== '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="mg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(graph.workflow.title)}</title>`,
    `<desc>${escapeXml(describe(graph, run))}</desc>`,
    `<style>\n${svgStyle(colours)}\n</style>`,
    `<defs>\n${usedGlyphs(drawing).map(symbol).join('\n')}\n</defs>`,
    `<rect class="mg-ground" width="${width}" height="${height}"/>`,
    ...captionTexts(told).map(([each, y]) => text(each, 'mg-caption', sizes.margin, y)),
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
