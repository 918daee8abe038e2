/** The quick fix of a name that is nearly right. */
import type { Location } from '../../../common/model/text.ts';
import type { Fix } from '../../../common/protocol/rules.ts';
import { code } from './wording.ts';

/** Puts another name where one stands. */
export function changeTo({ file, range }: Location, name: string): Fix {
  return { title: `Change to ${code(name)}`, edits: [{ file, range, newText: name }], preferred: true };
}
