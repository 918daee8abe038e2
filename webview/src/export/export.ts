/** The menu **Export**: pictures and texts of the drawing as it is shown, with its folds and the run on it. */
import { toMermaid } from '../../../common/graph/mermaid.ts';
import { svgSize, toSvg } from '../../../common/graph/svg.ts';
import type { SvgRun } from '../../../common/graph/svg.ts';
import type { Folded } from '../../../common/graph/boxes.ts';
import type { GraphModel, GraphView } from '../../../common/protocol/graph.ts';
import { exportFormats } from '../../../common/protocol/export.ts';
import type { ExportFormat, ExportPlace, ExportToPanel, PanelToExport } from '../../../common/protocol/export.ts';
import { element } from '../dom.ts';
import { icon } from '../icons.ts';
import { createMenu } from '../menu.ts';
import { pngSize, toPng } from './png.ts';

/** What is on screen. */
export interface Shown {
  readonly model: GraphModel;
  readonly view: GraphView;
  readonly folded: Folded | undefined;
  readonly run: SvgRun | undefined;
}

export interface ExportEvents {
  readonly isReady: () => boolean;
  /** Undefined while there is no drawing. */
  readonly shown: () => Shown | undefined;
  readonly post: (message: PanelToExport) => void;
}

export interface Export {
  /** The button of the toolbar, with its menu. */
  readonly root: HTMLElement;
  /** A command asks for an export. */
  take(request: ExportToPanel): void;
  /** There is a drawing, or another one. */
  update(): void;
}

const labels: Readonly<Record<ExportFormat, { readonly label: string; readonly detail: string }>> = {
  svg: { label: 'SVG', detail: 'picture, any size' },
  png: { label: 'PNG', detail: 'picture' },
  mermaid: { label: 'Mermaid', detail: 'flowchart as text' },
  json: { label: 'JSON', detail: 'steps and their places' },
};

export function createExport({ isReady, shown, post }: ExportEvents): Export {
  /** A command came before the drawing. */
  let waiting: ExportToPanel | undefined;
  const button = element(
    'button',
    {
      class: 'button icon-button export',
      title: 'Export the drawing…',
      attributes: { type: 'button', 'aria-label': 'Export the drawing' },
    },
    icon('share'),
  );
  button.disabled = true;

  const run = (format: ExportFormat, place: ExportPlace) => {
    exportAs(format, place, shown(), post).catch((error: unknown) => {
      post({ type: 'not-exported', text: problemText(format, place, error) });
    });
  };
  const group = (title: string, place: ExportPlace) => ({
    title,
    items: exportFormats.map((format) => ({ ...labels[format], choose: () => run(format, place) })),
  });
  const menu = createMenu(button, 'Export', [group('Save to a file', 'file'), group('Copy', 'clipboard')]);

  return {
    root: element('span', { class: 'export-menu' }, button, menu),
    take(request) {
      if (isReady()) run(request.format, request.place);
      else waiting = request;
    },
    update() {
      button.disabled = !isReady();
      if (button.disabled || waiting === undefined) return;
      const { format, place } = waiting;
      waiting = undefined;
      run(format, place);
    },
  };
}

async function exportAs(
  format: ExportFormat,
  place: ExportPlace,
  shown: Shown | undefined,
  post: (message: PanelToExport) => void,
): Promise<void> {
  if (shown === undefined) return;
  const { model, view, folded, run } = shown;
  switch (format) {
    case 'svg':
      post({ type: 'export', format, place, text: toSvg(view, { run }) });
      return;
    case 'mermaid':
      post({ type: 'export', format, place, text: toMermaid(model, folded === undefined ? {} : { folded }) });
      return;
    case 'json':
      post({ type: 'export', format, place });
      return;
    case 'png': {
      const { width, height } = svgSize(view, { run });
      const size = pngSize(width, height);
      if (size.kind === 'too-large') {
        post({ type: 'not-exported', text: size.message });
        return;
      }
      // A picture of points cannot follow whoever looks: it has the colours of the panel.
      const svg = toSvg(view, { run, colours: isLight() ? 'light' : 'dark' });
      const blob = await toPng(svg, { width, height, scale: size.scale });
      if (place === 'file') {
        post({ type: 'export', format, bytes: new Uint8Array(await blob.arrayBuffer()), note: size.note });
        return;
      }
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      post({
        type: 'exported',
        text: ['Copied the drawing as PNG.', size.note].filter((part) => part !== undefined).join(' '),
      });
    }
  }
}

function isLight(): boolean {
  const { classList } = document.body;
  return classList.contains('vscode-light') || classList.contains('vscode-high-contrast-light');
}

function problemText(format: ExportFormat, place: ExportPlace, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  const what = `The drawing could not be ${place === 'file' ? 'exported' : 'copied'} as ${labels[format].label}: ${reason}.`;
  return format === 'png'
    ? `${what} ${place === 'file' ? 'Export it as SVG instead.' : 'Save it to a file instead.'}`
    : what;
}
