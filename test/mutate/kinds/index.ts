/** Every kind of mistake, whether its rule is there or not: those without one are named in the report. */
import { chainKinds } from './chains.ts';
import type { Kind } from './kind.ts';
import { nameKinds } from './names.ts';
import { schemaKinds } from './schemas.ts';

export { mutantsOf, type Kind } from './kind.ts';

export const kinds: readonly Kind[] = [...schemaKinds, ...chainKinds, ...nameKinds];
