/** How `mastra dev` is spoken to. */
import type { ServerAddress } from '../../run/http/address.ts';
import type { DevAddress } from './state.ts';

/**
 * It lets in whoever says that it is Studio, as Studio itself does, also where the project asks for a token; a deployed server
 * takes no notice of that. With `--https` it has a certificate of its own making: what never leaves the machine needs no authority.
 */
export function devAddress({ origin, apiPrefix }: Pick<DevAddress, 'origin' | 'apiPrefix'>): ServerAddress {
  return {
    url: origin,
    apiPrefix,
    headers: { 'x-mastra-dev-playground': 'true' },
    tls: { rejectUnauthorized: false },
  };
}
