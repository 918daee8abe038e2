/** How `mastra dev` is spoken to. */
import type { ServerAddress } from '../../run/http/address.ts';
import type { DevAddress } from './state.ts';

/**
 * Says that it is Studio, as Studio does, which gets it past most kinds of authentication of a project; a deployed server takes no
 * notice of that. With `--https` it has a certificate of its own making: what never leaves the machine needs no authority.
 */
export function devAddress(
  { origin, apiPrefix }: Pick<DevAddress, 'origin' | 'apiPrefix'>,
  credentials: ServerAddress['headers'] = {},
): ServerAddress {
  return {
    url: origin,
    apiPrefix,
    headers: { 'x-mastra-dev-playground': 'true', ...credentials },
    tls: { rejectUnauthorized: false },
  };
}

/** Under which the token of a project's own `mastra dev` is kept. `root` is absolute. */
export function devCredentialsId(root: string): string {
  return `dev:${root}`;
}
