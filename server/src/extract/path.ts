/** `path: 'customer.address.city'` of a mapping, followed through data. */
import { isOptionalProperty } from '../typescript/types.ts';
import type { Context } from './context.ts';
import { typeData, unknownData, type Data } from './data.ts';

/** `.` and the empty path mean the whole value. A path that leads nowhere is unknown: Mastra yields undefined for it. */
export async function dataAtPath(context: Context, data: Data, path: string): Promise<Data> {
  const keys = path === '.' || path === '' ? [] : path.split('.');
  let current = data;
  for (const key of keys) current = await dataAtKey(context, current, key);
  return current;
}

async function dataAtKey(context: Context, data: Data, key: string): Promise<Data> {
  const nowhere = unknownData(`there is no field '${key}'`);
  switch (data.kind) {
    case 'unknown':
      return data;
    case 'anything':
    case 'oneOf':
      return unknownData('the value is of any type');
    case 'array':
      return /^\d+$/.test(key) ? data.element : nowhere;
    case 'object': {
      const field = data.fields.find((candidate) => candidate.name === key);
      if (field === undefined) return nowhere;
      return field.optional ? unknownData(`the field '${key}' may be absent`) : field.data;
    }
    case 'type': {
      const { program } = context;
      const present = (await program.nonNullable(data.type)) ?? data.type;
      const symbol = await program.property(present, key);
      if (symbol === undefined) return nowhere;
      if (present.id !== data.type.id && !isOptionalProperty(symbol)) {
        return unknownData(`the value that holds '${key}' may be absent`);
      }
      return typeData(await program.typeOf(symbol), data.exact, `the type of '${key}' is not known`);
    }
  }
}
