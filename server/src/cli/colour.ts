/** Colours of the terminal's own palette, so that they fit its theme; plain text when they are off. */
import { styleText } from 'node:util';
import type { Severity } from '../../../common/protocol/rules.ts';

type Paint = (text: string) => string;

export type Painter = Readonly<Record<Severity | 'strong' | 'weak', Paint>>;

export function painter(enabled: boolean): Painter {
  const style =
    (format: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      // The caller has looked at the terminal already.
      enabled ? styleText(format, text, { validateStream: false }) : text;
  return {
    error: style('red'),
    warning: style('yellow'),
    info: style('blue'),
    hint: style('cyan'),
    strong: style('bold'),
    weak: style('dim'),
  };
}
