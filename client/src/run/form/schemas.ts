/**
 * JSON Schemas for the JSON tabs of forms. An extension can only name schemas beforehand, for patterns of files
 * (`contributes.jsonValidation` in package.json). So there are a few numbered folders, each with a schema of its own whose text is
 * that of the form whose file is in the folder.
 */
import type * as vscode from 'vscode';
import type { Json } from '../../../../common/runlog/events.ts';

export const schemaScheme = 'mastra-form-schema';
/** Below the storage of the extension, the numbered folders lie here. */
export const formFolder = 'mastra-forms';
/** As many forms as can be edited as JSON at a time with completion. */
export const schemaSlots = 8;

export interface FormSchemas {
  /** Undefined when all are taken. */
  take(schema: Json): SchemaSlot | undefined;
  dispose(): void;
}

export interface SchemaSlot {
  /** From 1. */
  readonly number: number;
  free(): void;
}

type SchemaSurface = Pick<typeof vscode, 'EventEmitter' | 'Uri' | 'workspace'>;

export function createFormSchemas(surface: SchemaSurface): FormSchemas {
  const texts = new Map<number, string>();
  const changed = new surface.EventEmitter<vscode.Uri>();
  const uriOf = (number: number): vscode.Uri => surface.Uri.parse(`${schemaScheme}:/${number}`);
  const registration = surface.workspace.registerTextDocumentContentProvider(schemaScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(Number(uri.path.slice(1))) ?? '{}',
  });
  return {
    take(schema) {
      const number = Array.from({ length: schemaSlots }, (_, index) => index + 1).find((each) => !texts.has(each));
      if (number === undefined) return undefined;
      texts.set(number, JSON.stringify(schema));
      changed.fire(uriOf(number));
      return {
        number,
        free() {
          texts.delete(number);
          changed.fire(uriOf(number));
        },
      };
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}
