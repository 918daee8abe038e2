/** What the extension weighs, against its budgets. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { packedExtension } from '../harness/build.ts';
import { root } from '../harness/paths.ts';
import type { Verdict } from './report.ts';

/** Packs the extension and weighs it and its bundles. */
export async function benchSizes(): Promise<readonly Verdict[]> {
  const { file } = await packedExtension();
  const dist = (name: string): string => path.join(root, 'dist', name);
  return [
    verdict('.vsix at most 15 MB', statSync(file).size, 15_000_000, (bytes) => `${(bytes / 1_000_000).toFixed(1)} MB`),
    verdict('client bundle at most 300 KB', statSync(dist('client.cjs')).size, 300_000, kilobytes),
    verdict(
      'webview bundle, gzipped, at most 200 KB',
      gzipSync(readFileSync(dist('webview.js'))).length,
      200_000,
      kilobytes,
    ),
  ];
}

function verdict(target: string, bytes: number, limit: number, format: (bytes: number) => string): Verdict {
  return { target, measured: format(bytes), reached: bytes <= limit };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} KB`;
}
