/** The graphs that the real @mastra/core makes of workflow files, taken in a child process. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { z } from 'zod';

const artifacts = path.resolve(import.meta.dirname, '../artifacts');

const exportedWorkflow = z.object({
  file: z.string(),
  exportName: z.string(),
  id: z.string(),
  graph: z.array(z.unknown()),
});

export type ExportedWorkflow = z.infer<typeof exportedWorkflow>;

/** Every workflow that the files export, with its `serializedStepGraph`. Packages resolve from this repository. */
export async function runtimeWorkflows(files: readonly string[], folder: string): Promise<readonly ExportedWorkflow[]> {
  await mkdir(artifacts, { recursive: true });
  const out = await mkdtemp(path.join(artifacts, 'conformance-'));
  try {
    const bundle = path.join(out, 'workflows.mjs');
    await build({
      stdin: { contents: entry(files), resolveDir: folder, loader: 'ts' },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'silent',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [bundle], {
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, MASTRA_TELEMETRY_DISABLED: '1', MASTRA_OFFLINE: '1' },
    });
    const line = stdout.split('\n').find((candidate) => candidate.startsWith(marker));
    return z.array(exportedWorkflow).parse(JSON.parse((line ?? '').slice(marker.length)));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

const marker = 'WORKFLOWS ';

function entry(files: readonly string[]): string {
  const imports = files.map((file, index) => `import * as module${String(index)} from ${JSON.stringify(file)};`);
  const modules = files.map((file, index) => `[${JSON.stringify(file)}, module${String(index)}]`);
  return `${imports.join('\n')}
const found = [];
for (const [file, module] of [${modules.join(', ')}]) {
  for (const [exportName, value] of Object.entries(module)) {
    if (value === null || typeof value !== 'object' || !('serializedStepGraph' in value)) continue;
    found.push({ file, exportName, id: value.id, graph: value.serializedStepGraph });
  }
}
console.log(${JSON.stringify(marker)} + JSON.stringify(found));
process.exit(0);
`;
}
