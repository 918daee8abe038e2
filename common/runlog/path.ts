/** Places inside of JSON values. */
import { isIdentifierName } from '../model/text.ts';

/** Names of fields and indexes of items, from the outside in; empty for the value itself. */
export type JsonPath = readonly (string | number)[];

/** As JavaScript would say it: `items[3].sku`, `["two words"].x`, `[0]`; empty for the value itself. */
export function pathText(path: JsonPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!isIdentifierName(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** One text for each path, for maps and sets. */
export function pathKey(path: JsonPath): string {
  return JSON.stringify(path);
}
