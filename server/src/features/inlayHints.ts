/** The data that flows between the steps of a chain, written behind each call. */
import { InlayHintKind, MarkupKind, type InlayHint } from 'vscode-languageserver';
import { rangeContains } from '../../../common/model/index.ts';
import type { ProjectModel, Range, Shape } from '../../../common/model/index.ts';
import { fieldNames, readableType, shortened } from './shapeText.ts';

/** `short`: the names of the fields; `full`: their types as well. */
export type DataFlowDetail = 'short' | 'full';

/** Longest hint. The whole type is in its tooltip. */
const longest = 120;

/**
 * What leaves each call of the chains in `range`. A call that serves several workflows (in a function that makes them)
 * has a hint only when the same data leaves it in all of them.
 */
export function dataFlowHints(
  project: ProjectModel,
  file: string,
  range: Range,
  detail: DataFlowDetail,
): readonly InlayHint[] {
  const hints = new Map<string, InlayHint | undefined>();
  for (const workflow of project.workflows.values()) {
    for (const entry of workflow.entries) {
      const position = entry.call.end;
      if (entry.file !== file || !rangeContains(range, position)) continue;
      const place = `${String(position.line)}:${String(position.character)}`;
      const hint = entry.leaves.known ? hintOf(entry.leaves.value, position, detail) : undefined;
      const before = hints.get(place);
      const isOther = hints.has(place) && before?.label !== hint?.label;
      hints.set(place, isOther ? undefined : hint);
    }
  }
  return [...hints.values()].filter((hint) => hint !== undefined);
}

function hintOf(shape: Shape, position: InlayHint['position'], detail: DataFlowDetail): InlayHint | undefined {
  // `unknown` tells nobody anything.
  if (shape.text === 'unknown') return undefined;
  const text = detail === 'full' ? shortened(shape.text, longest) : fieldNames(shape);
  return {
    position,
    label: `→ ${text}`,
    kind: InlayHintKind.Type,
    paddingLeft: true,
    tooltip: { kind: MarkupKind.Markdown, value: `\`\`\`ts\ntype Leaves = ${readableType(shape)};\n\`\`\`` },
  };
}
