/** The forms of every workflow of the sample project, from the schemas that the real @mastra/core and zod make. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import * as z from 'zod';
import type { Json } from '../../common/runlog/events.ts';
import { toJson } from '../../common/runlog/json.ts';
import { checkValue, fieldOf } from '../../common/schema/index.ts';
import type { Field } from '../../common/schema/index.ts';
import { expectedWorkflows, ordersFolder } from '../projects/orders.expected.ts';

const root = path.resolve(import.meta.dirname, '../..');
const artifacts = path.join(root, 'test/artifacts');

const described = z.array(
  z.object({
    id: z.string(),
    input: z.unknown(),
    resume: z.array(z.object({ step: z.string(), schema: z.unknown() })),
  }),
);

/** What the runner tells of each workflow's schemas. */
async function describeSchemas(): Promise<z.infer<typeof described>> {
  mkdirSync(artifacts, { recursive: true });
  const out = mkdtempSync(path.join(artifacts, 'form-'));
  try {
    const files = globSync('src/mastra/workflows/*.ts', { cwd: ordersFolder }).filter(
      (file) => !file.endsWith('index.ts'),
    );
    const bundle = path.join(out, 'schemas.mjs');
    const contents = `
import { inputJsonSchema } from ${JSON.stringify(path.join(root, 'client/src/run/runner/schema.ts'))};
${files.map((file, index) => `import * as module${index} from ${JSON.stringify(path.join(ordersFolder, file))};`).join('\n')}
const workflows = [${files.map((_, index) => `module${index}`).join(', ')}]
  .flatMap((module) => Object.values(module))
  .filter((value) => value !== null && typeof value === 'object' && 'serializedStepGraph' in value);
console.log('SCHEMAS ' + JSON.stringify(workflows.map((workflow) => ({
  id: workflow.id,
  input: inputJsonSchema(workflow.inputSchema),
  resume: Object.values(workflow.steps).flatMap((step) =>
    step.resumeSchema === undefined ? [] : [{ step: step.id, schema: inputJsonSchema(step.resumeSchema) }]),
}))));
process.exit(0);
`;
    await build({
      stdin: { contents, resolveDir: ordersFolder, loader: 'ts' },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'silent',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [bundle], { maxBuffer: 64 * 1024 * 1024 });
    const line = stdout.split('\n').find((candidate) => candidate.startsWith('SCHEMAS ')) ?? '';
    return described.parse(JSON.parse(line.slice('SCHEMAS '.length)));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Where a form falls back to JSON. */
function jsonFields(field: Field, at: string): readonly string[] {
  switch (field.kind) {
    case 'json':
      return [at];
    case 'object':
      return field.properties.flatMap(({ name, field: inner }) => jsonFields(inner(), `${at}.${name}`));
    case 'list':
      return field.item === undefined ? [] : jsonFields(field.item(), `${at}[]`);
    case 'union':
      return field.variants.flatMap(({ field: inner }) => jsonFields(inner(), at));
    case 'text':
    case 'number':
    case 'choice':
    case 'constant':
      return [];
  }
}

describe('forms of the sample project', function () {
  this.timeout(60_000);
  let schemas: z.infer<typeof described>;
  before(async () => {
    schemas = await describeSchemas();
  });

  const fieldFor = (schema: unknown): Field => fieldOf(toJson(schema));

  it('every workflow can be filled in field by field, and its input fits', () => {
    const ids = new Set(schemas.map(({ id }) => id));
    for (const { id, input } of expectedWorkflows) {
      assert.ok(ids.has(id), id);
      const schema = schemas.find((candidate) => candidate.id === id)?.input;
      const field = fieldFor(schema);
      assert.equal(field.kind, 'object', id);
      assert.deepEqual(jsonFields(field, id), []);
      assert.deepEqual(checkValue(field, input as Json), [], id);
    }
  });

  it('says of an empty input what each workflow needs', () => {
    for (const { id, input } of schemas) {
      const field = fieldFor(input);
      assert.ok(field.kind === 'object', id);
      const required = field.properties.filter((property) => property.required).map(({ name }) => name);
      const said = checkValue(field, {}).map(({ path: [name] }) => name);
      assert.deepEqual(said, required, id);
    }
  });

  it('answers to suspended steps are asked for in fields as well', () => {
    const resume = schemas.flatMap(({ id, resume: steps }) => steps.map(({ step, schema }) => ({ id, step, schema })));
    assert.ok(resume.length > 0);
    for (const { id, step, schema } of resume) assert.deepEqual(jsonFields(fieldFor(schema), `${id}.${step}`), []);
  });
});
