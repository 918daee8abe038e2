/** The quick fix of a name that is nearly right. */
import type { Location } from '../../../common/model/text.ts';
import type { Fix } from '../../../common/protocol/rules.ts';
import { code } from './wording.ts';

/** Puts another name where one stands; `newText` is how it is written there, when that is not just the name. */
export function changeTo({ file, range }: Location, name: string, newText = name): Fix {
  return { title: `Change to ${code(name)}`, edits: [{ file, range, newText }], preferred: true };
}
