/** The static model equals the runtime's: every exported workflow's chain, compared with `serializedStepGraph`. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { ordersFolder } from '../projects/orders.expected.ts';
import { modelLines, runtimeLines, sideBySide } from './lines.ts';
import { runtimeWorkflows, type ExportedWorkflow } from './runtime.ts';
import { staticProject, type StaticProject } from './static.ts';

const projects = [
  { name: 'orders', folder: ordersFolder, files: 'src/mastra/workflows/*.ts' },
  { name: 'every construct', folder: path.resolve(import.meta.dirname, '../projects/constructs'), files: '*.ts' },
];

for (const { name, folder, files: pattern } of projects) {
  describe(`the model equals the runtime: ${name}`, function () {
    this.timeout(120_000);
    const files = globSync(pattern, { cwd: folder })
      .map((file) => path.join(folder, file))
      .sort();
    let model: StaticProject;
    let runtime: readonly ExportedWorkflow[];

    before(async () => {
      [model, runtime] = await Promise.all([staticProject(folder, files), runtimeWorkflows(files, folder)]);
    });

    it('has every workflow that is exported, and each agrees', () => {
      assert.ok(runtime.length > 0, 'the files export workflows');
      const wrong = runtime.flatMap((exported) => {
        const found = [...model.workflows.values()].find((workflow) => isSame(workflow, exported));
        const title = `${path.relative(folder, exported.file)} ${exported.exportName} (${exported.id})`;
        if (found === undefined) {
          // A barrel exports workflows of other files: those are compared in their own.
          const elsewhere = [...model.workflows.values()].some((workflow) => knownId(workflow.id) === exported.id);
          return elsewhere ? [] : [`${title}: not in the model`];
        }
        const [source, real] = [modelLines(found, model.workflows), runtimeLines(exported.graph)];
        return source.join('\n') === real.join('\n') ? [] : [`${title}\n${sideBySide(source, real)}`];
      });
      assert.deepEqual(wrong, [], wrong.join('\n\n'));
    });

    it('says that every exported workflow is committed', () => {
      const open = [...model.workflows.values()].filter(
        (workflow) => workflow.exportName !== undefined && workflow.commit.kind !== 'committed',
      );
      assert.deepEqual(
        open.map((workflow) => workflow.key),
        [],
      );
    });
  });
}

function isSame(
  workflow: { readonly file: string; readonly exportName: string | undefined },
  exported: ExportedWorkflow,
) {
  return workflow.file === exported.file && workflow.exportName === exported.exportName;
}

function knownId(id: { readonly known: boolean; readonly value?: string }): string | undefined {
  return id.value;
}
