/** Own 16 pixel glyphs in the style of VS Code's icons: lines in the colour of the text around them. Page and pictures share them. */
import type { FlowEntryType } from '../model/workflow.ts';

/** Path data on a field of 16 by 16 pixels: lines of 1.2 pixels with round ends, and filled parts. */
export type Glyph = { readonly line?: string; readonly fill?: string };

export const glyphs = {
  // Kinds of entries
  step: {
    line: 'M6 2.5H5A1.5 1.5 0 0 0 3.5 4v2.2L2.2 8l1.3 1.8V12A1.5 1.5 0 0 0 5 13.5h1M10 2.5h1A1.5 1.5 0 0 1 12.5 4v2.2L13.8 8l-1.3 1.8V12a1.5 1.5 0 0 1-1.5 1.5h-1',
  },
  mapping: { line: 'M2 5.5h11M10.5 3 13 5.5 10.5 8M14 10.5H3M5.5 8 3 10.5 5.5 13' },
  parallel: { line: 'M8 1.5v3M3 14.5V8A3.5 3.5 0 0 1 6.5 4.5h3A3.5 3.5 0 0 1 13 8v6.5M8 4.5v10' },
  conditional: { line: 'M8 1.5 12 5.5 8 9.5 4 5.5ZM4 5.5H2.5v9M12 5.5h1.5v9' },
  loop: { line: 'M13.5 8a5.5 5.5 0 1 1-1.9-4.2M13.5 1.5v3h-3' },
  foreach: { line: 'M2.5 2.5h7v7h-7zM5 12h7V5M7.5 14.5h7v-7' },
  sleep: { line: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 4.5V8l2.5 1.5' },
  sleepUntil: { line: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.5v3M10.5 1.5v3M8 8.5v2l1.5 1' },
  workflow: { line: 'M6 2h4v3H6zM1.5 11h4v3h-4zM10.5 11h4v3h-4zM8 5v3M3.5 11V8h9v3' },
  agent: {
    line: 'M3 6.500A1.5 1.5 0 0 1 4.5 5h7A1.5 1.5 0 0 1 13 6.500v5A1.5 1.5 0 0 1 11.5 13h-7A1.5 1.5 0 0 1 3 11.500ZM8 5V2.500M1.5 8v2.500M14.5 8v2.500M6 8v1.500M10 8v1.5',
    fill: 'M7 2a1 1 0 1 1 2 0 1 1 0 0 1-2 0',
  },
  tool: {
    line: 'M13.5 4.5 11.2 6.8 9.2 4.8 11.5 2.500A3.5 3.5 0 0 0 7 7L2.5 11.500a1.4 1.4 0 0 0 2 2L9 9a3.5 3.5 0 0 0 4.5-4.5',
  },
  classifier: { line: 'M1.5 3h13L9.5 8.500v5l-3-1.500V8.500Z' },
  opaque: {
    line: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M6 6.500A2 2 0 1 1 8 8.500v1',
    fill: 'M7.3 11.500a.7.7 0 1 1 1.4 0 .7.7 0 0 1-1.4 0',
  },
  start: { line: 'M5 3.500v9L12 8Z' },
  end: { line: 'M4 4h8v8H4z' },
  // Findings
  error: { line: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M5.8 5.800l4.4 4.400M10.2 5.800l-4.4 4.4' },
  warning: { line: 'M8 2 14.5 13.500h-13ZM8 6.200v3.5', fill: 'M7.3 11.600a.7.7 0 1 1 1.4 0 .7.7 0 0 1-1.4 0' },
  info: { line: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 7.500V11', fill: 'M7.3 5.200a.7.7 0 1 1 1.4 0 .7.7 0 0 1-1.4 0' },
  hint: { line: 'M5.5 10.500a4 4 0 1 1 5 0v1.500h-5ZM6.5 14h3' },
  // States of a run
  running: { line: 'M8 2a6 6 0 1 1-5.2 3' },
  waiting: { line: 'M4 2h8M4 14h8M5 2v2.500L8 8l3-3.500V2M5 14v-2.500L8 8l3 3.500V14' },
  success: { line: 'M2.5 8.5 6 12 13.5 4' },
  failed: { line: 'M3.5 3.500l9 9M12.5 3.500l-9 9' },
  suspended: { line: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M6.5 5.500v5M9.5 5.500v5' },
  canceled: { line: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M3.8 12.2 12.2 3.8' },
  skipped: { line: 'M2 4.5 6.5 8 2 11.500ZM8 4.5 12.5 8 8 11.500ZM14 4v8' },
  // Actions
  run: { line: 'M4.5 2.500v11L13 8Z' },
  resume: { line: 'M3 2.500v11M6 2.500v11L14 8Z' },
  stop: { line: 'M3.5 3.500h9v9h-9z' },
  pause: { line: 'M5.5 3v10M10.5 3v10' },
  eventBack: { line: 'M10 3.5 5.5 8l4.5 4.500' },
  eventForward: { line: 'M6 3.5 10.5 8 6 12.500' },
  stepBack: { line: 'M12.5 3.5 7 8l5.5 4.500ZM4 3.500v9' },
  stepForward: { line: 'M3.5 3.5 9 8l-5.5 4.500ZM12 3.500v9' },
  waterfall: { line: 'M2 3.500h5M4.5 8h6M9 12.500h5' },
  zoomIn: { line: 'M8 3v10M3 8h10' },
  zoomOut: { line: 'M3 8h10' },
  fit: { line: 'M2 5.500V2h3.500M10.5 2H14v3.500M14 10.500V14h-3.500M5.5 14H2v-3.500M5.5 5.500h5v5h-5z' },
  close: { line: 'M3.5 3.500l9 9M12.5 3.500l-9 9' },
  copy: { line: 'M5.5 5.500h8v8h-8zM3 10.500H2.500v-8h8V3' },
  source: { line: 'M9 2H3.500v12h9V5.500ZM9 2v3.500h3.500M6 9h4M6 11.500h4' },
  definition: { line: 'M5.5 4.5 2 8l3.5 3.500M10.5 4.5 14 8l-3.5 3.5' },
  moveUp: { line: 'M8 13V3M4 7l4-4 4 4' },
  moveDown: { line: 'M8 3v10M4 9l4 4 4-4' },
  opened: { line: 'M4 6l4 4 4-4' },
  list: { line: 'M6 4h8M6 8h8M6 12h8M2.500 4h.5M2.500 8h.5M2.500 12h.5' },
  foldAll: { line: 'M4.5 2.5 8 6l3.5-3.5M4.5 13.5 8 10l3.5 3.5M2.5 8h11' },
  openAll: { line: 'M4.5 5.5 8 2l3.5 3.5M4.5 10.5 8 14l3.5-3.5M2.5 8h11' },
  share: { line: 'M8 10V2M5 5l3-3 3 3M3 8.5v5h10v-5' },
  overview: { line: 'M2 2.5h5v4H2zM9 2.5h5v4H9zM2 9.5h5v4H2zM9 9.5h5v4H9z' },
  pin: { line: 'M9.5 2 14 6.500 11 7.500 8.5 11.500 4.5 7.500 8.5 5ZM6.5 9.500 2.5 13.5' },
  another: { line: 'M2.5 3h11v10h-11zM8 5.5v5M5.5 8h5' },
  target: { line: 'M8 3.500a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M8 1v4M8 11v4M1 8h4M11 8h4' },
  search: { line: 'M6.5 2.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8M9.5 9.500l4 4' },
  chevron: { line: 'M6 4l4 4-4 4' },
  path: {
    line: 'M6.5 9.500 9.5 6.500M7.5 4.500 9 3a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.5 11.500 7 13a2.8 2.8 0 0 1-4-4l1.5-1.500',
  },
  compare: { line: 'M2.5 3.500h4.500v9h-4.500zM9 3.500h4.500v9H9zM4 6.500h1.500M10.5 6.500H12M10.5 9.500H12' },
  mark: { line: 'M4.5 2.500h7v11L8 10.500l-3.5 3Z' },
  sideBySide: { line: 'M2 3h12v10H2zM8 3v10' },
  unified: { line: 'M2 3h12v10H2zM2 8h12' },
} as const satisfies Record<FlowEntryType | 'start' | 'end' | (string & {}), Glyph>;

export type GlyphName = keyof typeof glyphs;
