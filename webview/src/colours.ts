/** The theme's colours for what is drawn on a canvas, which knows no style sheet. */
import type { GraphNode } from '../../common/protocol/graph.ts';
import { element } from './dom.ts';

/** Each with the expression that the style sheets use for the same thing. */
const expressions = {
  background: 'var(--vscode-editor-background)',
  card: 'var(--card)',
  container: 'color-mix(in srgb, var(--vscode-foreground) 4%, transparent)',
  line: 'color-mix(in srgb, var(--card-line), var(--edge))',
  edge: 'var(--edge)',
  passed: 'var(--passed)',
  failed: 'var(--failed)',
  attention: 'var(--attention)',
  busy: 'var(--busy)',
  muted: 'var(--muted)',
  error: 'var(--error)',
  warning: 'var(--warning)',
  selected: 'var(--vscode-focusBorder)',
  found: 'var(--found)',
} as const;

type Kinds = Readonly<Record<GraphNode['kind'], string>>;

const kinds: Kinds = {
  step: 'kind-step',
  mapping: 'kind-mapping',
  parallel: 'kind-parallel',
  conditional: 'kind-conditional',
  loop: 'kind-loop',
  foreach: 'kind-foreach',
  sleep: 'kind-sleep',
  sleepUntil: 'kind-sleepUntil',
  workflow: 'kind-workflow',
  agent: 'kind-agent',
  tool: 'kind-tool',
  classifier: 'kind-classifier',
  opaque: 'kind-opaque',
  start: 'kind-start',
  end: 'kind-end',
};

export type ColourName = keyof typeof expressions;
export type Colours = Readonly<Record<ColourName | GraphNode['kind'], string>>;

export interface ColourReader {
  /** The colours of the theme as it is now. */
  readonly now: () => Colours;
}

/** `onChange` is called when VS Code changes the theme, which it does by the classes and variables of the page. */
export function readColours(onChange: () => void): ColourReader {
  const probe = element('span', { attributes: { 'aria-hidden': 'true', class: 'visually-hidden' } });
  document.body.append(probe);
  let colours: Colours | undefined;
  const read = (expression: string, className = ''): string => {
    probe.className = `visually-hidden ${className}`;
    probe.style.color = expression;
    return getComputedStyle(probe).color;
  };
  const observer = new MutationObserver(() => {
    colours = undefined;
    onChange();
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  const readAll = (): Colours => ({
    ...mapped(expressions, (expression) => read(expression)),
    ...mapped(kinds, (className) => read('var(--kind)', className)),
  });
  return { now: () => (colours ??= readAll()) };
}

function mapped<K extends string>(
  record: Readonly<Record<K, string>>,
  change: (value: string) => string,
): Readonly<Record<K, string>> {
  const entries = Object.entries<string>(record).map(([key, value]) => [key, change(value)]);
  // The keys are those of the record: `fromEntries` forgets them.
  return Object.fromEntries(entries) as Record<K, string>;
}
