/** The objects that a file makes of classes of Mastra's packages, found once for all extractors. */
import { isNewExpression, type NewExpression, type SourceFile } from '../../typescript/ast.ts';
import type { Program } from '../../typescript/program.ts';
import type { Context } from '../context.ts';
import { callsIn } from '../occurrences.ts';

export interface MadeObject {
  /** The class as Mastra exports it. */
  readonly name: string;
  readonly call: NewExpression;
}

const found = new WeakMap<Program, WeakMap<SourceFile, Promise<readonly MadeObject[]>>>();

/** Every `new` of a class of an `@mastra/*` package in `file`, in source order, under whatever name it was imported. */
export function mastraObjectsIn(context: Context, file: SourceFile): Promise<readonly MadeObject[]> {
  let ofProgram = found.get(context.program);
  if (ofProgram === undefined) {
    ofProgram = new WeakMap();
    found.set(context.program, ofProgram);
  }
  let objects = ofProgram.get(file);
  if (objects === undefined) {
    objects = findObjects(context, file);
    ofProgram.set(file, objects);
  }
  return objects;
}

async function findObjects(context: Context, file: SourceFile): Promise<readonly MadeObject[]> {
  const made = await Promise.all(
    callsIn(file)
      .filter((call) => isNewExpression(call))
      .map(async (call): Promise<readonly MadeObject[]> => {
        const callee = await context.resolve(call.expression);
        return callee.kind === 'mastra' ? [{ name: callee.name, call }] : [];
      }),
  );
  return made.flat();
}
