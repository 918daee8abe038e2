/** Tells screen readers what happens elsewhere on the page. */
import type { RunStatus } from '../../common/runlog/events.ts';
import { element } from './dom.ts';

export interface Announcer {
  readonly root: HTMLElement;
  say(text: string): void;
  /** Tells of a run when its status is another one than before; not of the moments of it that are looked at. */
  tellRun(status: RunStatus | undefined, sentence: () => string | undefined): void;
}

export function createAnnouncer(): Announcer {
  const root = element('div', { class: 'visually-hidden', attributes: { role: 'status', 'aria-live': 'polite' } });
  let told: RunStatus | undefined;
  const say = (text: string) => {
    root.textContent = text;
  };
  return {
    root,
    say,
    tellRun(status, sentence) {
      if (status === told) return;
      told = status;
      const text = status === undefined ? undefined : status === 'running' ? 'Run started' : sentence();
      if (text !== undefined) say(text);
    },
  };
}
