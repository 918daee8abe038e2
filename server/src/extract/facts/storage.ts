/** Where runs are kept: `new Mastra({ storage })`, and database files whose place depends on the working directory. */
import type { DatabaseFileFact, StorageChangeFact, StorageFact } from '../../../../common/model/facts/index.ts';
import {
  isNewExpression,
  literalText,
  locationOf,
  methodCall,
  rangeBetween,
  unwrap,
  type Expression,
  type NewExpression,
} from '../../typescript/ast.ts';
import type { Context } from '../context.ts';
import { hasOption, optionExpression, readOptions } from '../options.ts';
import { mastraObjectsIn } from './classes.ts';
import type { FactExtractor } from './index.ts';
import { callsNamed } from '../occurrences.ts';

export const storages: FactExtractor = async (context, file) => {
  const facts = await Promise.all(
    (await mastraObjectsIn(context, file)).map(({ name, call }) => {
      if (name === 'Mastra') return storageOf(context, call);
      return name === 'LibSQLStore' || name === 'LibSQLVector' ? databaseFile(context, call) : Promise.resolve([]);
    }),
  );
  const changes = callsNamed(file, ['setStorage'])
    .filter((call) => methodCall(call) !== undefined)
    .map((call): StorageChangeFact => ({ kind: 'storage-change', ...locationOf(call) }));
  return [...facts.flat(), ...changes];
};

async function storageOf(context: Context, call: NewExpression): Promise<readonly StorageFact[]> {
  const options = await readOptions(context, call.arguments?.[0]);
  if (hasOption(options, 'storage') === false) {
    return [{ kind: 'storage', ...locationOf(call.expression), storage: 'absent' }];
  }
  const value = optionExpression(options, 'storage');
  const storage = value !== undefined && (await isInMemory(context, value)) ? 'memory' : 'other';
  return [{ kind: 'storage', ...locationOf(value ?? call.expression), storage }];
}

/** Stores that forget everything with the process. */
const memoryStores: ReadonlySet<string> = new Set(['InMemoryStore', 'MockStore']);

async function isInMemory(context: Context, value: Expression): Promise<boolean> {
  const resolved = await context.resolve(value);
  if (resolved.kind !== 'expression') return false;
  const made = unwrap(resolved.expression);
  if (!isNewExpression(made)) return false;
  const callee = await context.resolve(made.expression);
  if (callee.kind !== 'mastra') return false;
  if (memoryStores.has(callee.name)) return true;
  const url = await urlOf(context, made);
  return callee.name === 'LibSQLStore' && /^(?:file:)?:memory:/.test(literalText(url) ?? '');
}

async function databaseFile(context: Context, call: NewExpression): Promise<readonly DatabaseFileFact[]> {
  const literal = await urlOf(context, call);
  const url = literalText(literal);
  if (literal === undefined || url === undefined || !/^file:(?![/:]|[A-Za-z]:)/.test(url)) return [];
  const file = literal.getSourceFile();
  const range = rangeBetween(file, literal.getStart(file) + 1, literal.getEnd() - 1);
  return [{ kind: 'database-file', file: file.fileName, range, url }];
}

/** `url`, or `connectionUrl` as it was called for vectors; followed to where it is written. */
async function urlOf(context: Context, call: NewExpression): Promise<Expression | undefined> {
  const options = await readOptions(context, call.arguments?.[0]);
  const given = optionExpression(options, 'url') ?? optionExpression(options, 'connectionUrl');
  const resolved = given === undefined ? undefined : await context.resolve(given);
  return resolved?.kind === 'expression' ? unwrap(resolved.expression) : undefined;
}
