/** `.step()`, `.after()` and what else built chains before 0.10, on a workflow that no longer has it. */
import type { FormerChainFact } from '../../../../../common/model/facts/legacy-api.ts';
import { locationOf, methodCall, methodCalledOn, unwrap, type SourceFile } from '../../../typescript/ast.ts';
import { formerMethods } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { callsNamed } from '../../occurrences.ts';
import { coreInstance, lacksMember } from './declared.ts';
import { replace } from './edits.ts';

export async function formerChains(context: Context, file: SourceFile): Promise<readonly FormerChainFact[]> {
  const facts = callsNamed(file, formerMethods).map(async (call): Promise<readonly FormerChainFact[]> => {
    const method = methodCall(call);
    if (method === undefined) return [];
    // `(workflow as any).step(first)` silences the compiler, and throws all the same.
    const instance = await coreInstance(context, unwrap(method.receiver));
    if (instance?.className !== (method.name.text === 'sendEvent' ? 'Run' : 'Workflow')) return [];
    // This one is still declared, and does nothing but throw since 1.0.
    const isDeclared = method.name.text === 'waitForEvent';
    if (!isDeclared && !(await lacksMember(context.program, instance.type, method.name.text))) return [];
    // A second `.step` runs beside the first one, and `.after` waits for several: only one in a row is a `.then`.
    let next = methodCalledOn(method.call);
    let single = method.name.text === 'step' && method.call.arguments.length === 1;
    for (; next !== undefined; next = methodCalledOn(next.call)) {
      if (formerMethods.has(next.name.text)) single = false;
    }
    return [
      {
        kind: 'legacy-api',
        shape: 'former-chain',
        method: method.name.text,
        edits: single ? [replace(method.name, 'then')] : undefined,
        ...locationOf(method.name),
      },
    ];
  });
  return (await Promise.all(facts)).flat();
}
