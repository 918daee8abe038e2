/** An error with what caused it, and the places in the source that it came through. */
import type { RunError } from '../../../common/runlog/events.ts';
import { element } from '../dom.ts';
import type { Child } from '../dom.ts';
import { iconButton } from '../toolbar.ts';

export function errorBlock(error: RunError, onCopy: (text: string, what: string) => void): HTMLElement {
  const chain: RunError[] = [];
  for (let current: RunError | undefined = error; current !== undefined; current = current.cause) chain.push(current);
  const text = chain.map((part) => part.stack ?? `${part.name}: ${part.message}`).join('\n\nCaused by: ');
  return element(
    'div',
    { class: 'error-block' },
    element(
      'div',
      { class: 'block-head' },
      element('h4', {}, 'Error'),
      iconButton('copy', 'Copy error', () => onCopy(text, 'error')),
    ),
    ...chain.flatMap((part, index): Child[] => [
      element('p', { class: 'error-message' }, `${index === 0 ? '' : 'Caused by '}${part.name}: ${part.message}`),
      part.stack !== undefined && pre(withoutMessage(part), `Stack trace of ${part.name}`),
    ]),
  );
}

/** The frames alone: the message above says the rest. */
function withoutMessage({ stack = '', name, message }: RunError): string {
  const head = `${name}: ${message}`;
  return (stack.startsWith(head) ? stack.slice(head.length).replace(/^\n/, '') : stack).replace(/^ {4}/gm, '');
}

/** Long texts scroll, so the keyboard must reach them. */
function pre(text: string, label: string): HTMLElement {
  return element('pre', { attributes: { tabindex: '0', role: 'group', 'aria-label': label } }, text);
}
