/** Colours and fonts of exported pictures: plain CSS without variables, which not all programs that show SVG know. Pure. */
import type { StepRunStatus } from '../runlog/events.ts';

/** How a step went in the run that is shown. */
export type NodeStatus = StepRunStatus | 'skipped';

interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly card: string;
  /** Containers, a little off the ground. */
  readonly area: string;
  readonly nestedArea: string;
  readonly line: string;
  readonly edge: string;
  readonly error: string;
  readonly warning: string;
  readonly info: string;
  readonly passed: string;
  readonly busy: string;
  readonly step: string;
  readonly data: string;
  readonly actor: string;
  readonly control: string;
}

const light: Palette = {
  ground: '#ffffff',
  text: '#24292f',
  muted: '#57606a',
  card: '#f6f8fa',
  area: '#fafbfc',
  nestedArea: '#f4f5f7',
  line: '#b9c0c8',
  edge: '#6e7781',
  error: '#cf222e',
  warning: '#9a6700',
  info: '#0969da',
  passed: '#1a7f37',
  busy: '#0969da',
  step: '#652d90',
  data: '#0064ab',
  actor: '#a15c00',
  control: '#424a53',
};

const dark: Palette = {
  ground: '#1f1f1f',
  text: '#e2e2e2',
  muted: '#a8a8a8',
  card: '#2b2b2b',
  area: '#242424',
  nestedArea: '#292929',
  line: '#5a5a5a',
  edge: '#9b9b9b',
  error: '#f85149',
  warning: '#d9a521',
  info: '#4f9dff',
  passed: '#5fc07a',
  busy: '#4f9dff',
  step: '#c096e6',
  data: '#75beff',
  actor: '#ee9d28',
  control: '#d0d0d0',
};

/** `auto` follows whoever looks, by `prefers-color-scheme`; what does not know that shows the light colours. */
export type SvgColours = 'auto' | 'light' | 'dark';

export function svgStyle(colours: SvgColours): string {
  const fixed = colours === 'dark' ? dark : light;
  const parts = [structure, coloursOf(fixed)];
  if (colours === 'auto') parts.push(`@media (prefers-color-scheme: dark) {\n${coloursOf(dark)}\n}`);
  return parts.join('\n');
}

/** Classes begin with `mg-`: the picture may be put into a page that has names of its own. */
const structure = `.mg text { font-family: system-ui, -apple-system, 'Segoe UI', Ubuntu, 'DejaVu Sans', sans-serif; }
.mg .mg-title { font-size: 13px; font-weight: 600; }
.mg .mg-detail { font-size: 11px; font-weight: 400; }
.mg .mg-end { font-size: 12px; font-weight: 400; }
.mg .mg-caption { font-size: 13px; }
.mg .mg-edge { fill: none; stroke-width: 1.2; }
.mg .mg-edge.mg-back { stroke-dasharray: 4 3; }
.mg .mg-edge.mg-idle { stroke-dasharray: 3 3; }
.mg .mg-edge.mg-went { stroke-width: 2; }
.mg .mg-dashed { stroke-dasharray: 4 3; }`;

function coloursOf(palette: Palette): string {
  const { ground, text, muted, card, area, nestedArea, line, edge, error, warning, info, passed, busy } = palette;
  const status: Readonly<Record<NodeStatus, string>> = {
    running: busy,
    waiting: warning,
    success: passed,
    failed: error,
    suspended: warning,
    canceled: muted,
    skipped: muted,
  };
  const severity = { error, warning, info, hint: info };
  const rules: readonly (readonly [selector: string, declarations: string])[] = [
    ['.mg-ground', `fill: ${ground}`],
    ['.mg-title, .mg .mg-end, .mg .mg-caption', `fill: ${text}`],
    ['.mg-title.mg-pale', `fill: ${muted}`],
    ['.mg-detail', `fill: ${muted}`],
    ['.mg-card', `fill: ${card}; stroke: ${line}`],
    ['.mg-hollow', `fill: ${ground}; stroke: ${line}`],
    ['.mg-area', `fill: ${area}; stroke: ${line}`],
    ['.mg-nested', `fill: ${nestedArea}; stroke: ${line}`],
    ['.mg-rule', `stroke: ${line}`],
    ['.mg-dot', `fill: ${ground}; stroke: ${edge}`],
    ['.mg-dot.mg-full', `fill: ${edge}`],
    ['.mg-chip', `fill: ${ground}; stroke: ${line}`],
    ['.mg-chip-text', `fill: ${text}`],
    ['.mg-join', `fill: ${edge}`],
    ['.mg-join.mg-went', `fill: ${passed}`],
    ['.mg-edge', `stroke: ${edge}`],
    ['.mg-arrow', `fill: ${edge}`],
    ['.mg-edge.mg-went', `stroke: ${passed}`],
    ['.mg-arrow.mg-went', `fill: ${passed}`],
    ['.mg-step', `color: ${palette.step}`],
    ['.mg-data', `color: ${palette.data}`],
    ['.mg-actor', `color: ${palette.actor}`],
    ['.mg-bar', `fill: ${palette.actor}`],
    ['.mg-control', `color: ${palette.control}`],
    ['.mg-muted', `color: ${muted}`],
    ...Object.entries(severity).flatMap(([name, colour]) => [
      [`.mg-${name}`, `color: ${colour}`] as const,
      [`.mg-edge.mg-is-${name}`, `stroke: ${colour}`] as const,
      [`.mg-arrow.mg-is-${name}`, `fill: ${colour}`] as const,
      [`.mg-has-${name}`, `stroke: ${colour}`] as const,
      [`.mg-tells-${name}`, `fill: ${colour}`] as const,
    ]),
    ...Object.entries(status).flatMap(([name, colour]) => [
      [`.mg-status-${name}`, `color: ${colour}`] as const,
      [`.mg-card.mg-on-${name}, .mg .mg-dot.mg-on-${name}`, `stroke: ${name === 'skipped' ? line : colour}`] as const,
    ]),
  ];
  return rules.map(([selector, declarations]) => `.mg ${selector} { ${declarations}; }`).join('\n');
}
