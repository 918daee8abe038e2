/** Messages about exporting a drawing. The panel makes pictures and flowcharts of what it shows; the host saves and copies. */

export type ExportFormat = 'svg' | 'png' | 'mermaid' | 'json';

export const exportFormats: readonly ExportFormat[] = ['svg', 'png', 'mermaid', 'json'];

export type ExportPlace = 'file' | 'clipboard';

/** A command asks for what the panel's own menu does. The panel waits with it until there is a drawing. */
export interface ExportToPanel {
  readonly type: 'export';
  readonly format: ExportFormat;
  readonly place: ExportPlace;
}

export type PanelToExport =
  | {
      readonly type: 'export';
      readonly format: 'svg' | 'mermaid';
      readonly place: ExportPlace;
      readonly text: string;
    }
  | { readonly type: 'export'; readonly format: 'png'; readonly bytes: Uint8Array; readonly note: string | undefined }
  /** Of the source: the host asks the language server for it. */
  | { readonly type: 'export'; readonly format: 'json'; readonly place: ExportPlace }
  /** The panel has put a picture on the clipboard: only a page can. */
  | { readonly type: 'exported'; readonly text: string }
  /** It could not: why, and what to do instead. */
  | { readonly type: 'not-exported'; readonly text: string };
