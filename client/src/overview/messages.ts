/** What comes in from the overview: checked here, trusted after. By hand: the page says three things. */
import type { OverviewToHost } from '../../../common/protocol/overview.ts';

/** Undefined for anything that is not a message of ours. */
export function parseOverviewMessage(message: unknown): OverviewToHost | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  switch (message.type) {
    case 'ready':
      return 'protocol' in message && typeof message.protocol === 'number'
        ? { type: 'ready', protocol: message.protocol }
        : undefined;
    case 'action':
      return { type: 'action' };
    case 'open': {
      if (!('key' in message) || typeof message.key !== 'string' || !('target' in message)) return undefined;
      const { key, target } = message;
      return target === 'graph' || target === 'source' || target === 'run' ? { type: 'open', key, target } : undefined;
    }
    default:
      return undefined;
  }
}
