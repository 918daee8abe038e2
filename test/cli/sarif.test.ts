/** `check --format sarif` against the constraints of the SARIF 2.1.0 schema on what is in it. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ruleIds } from '../../common/protocol/rules.ts';
import { buildCli, mistaken, root, runCli, temporaryProject, type TemporaryProject } from './cli.ts';

const uri = z.url();
const text = z.strictObject({ text: z.string().min(1) });
const region = z
  .strictObject({
    startLine: z.int().min(1),
    startColumn: z.int().min(1),
    endLine: z.int().min(1),
    endColumn: z.int().min(1),
  })
  .refine(({ startLine, startColumn, endLine, endColumn }) => startLine < endLine || startColumn <= endColumn);
const artifactLocation = z.union([
  z.strictObject({ uri: z.string().regex(/^(?![/.])(?!\w+:)[^ \\]+$/), uriBaseId: z.literal('%SRCROOT%') }),
  z.strictObject({ uri }),
]);
const physicalLocation = z.strictObject({ artifactLocation, region });
const replacement = z.strictObject({ deletedRegion: region, insertedContent: text.optional() });
const change = z.strictObject({ artifactLocation, replacements: z.array(replacement).min(1) });
const level = z.enum(['none', 'note', 'warning', 'error']);

const result = z.strictObject({
  ruleId: z.enum(ruleIds),
  ruleIndex: z.int().min(0),
  level,
  message: text,
  locations: z.array(z.strictObject({ physicalLocation })).length(1),
  relatedLocations: z.array(z.strictObject({ id: z.int().min(0), message: text, physicalLocation })).optional(),
  partialFingerprints: z.record(z.string(), z.string().min(1)),
  fixes: z
    .array(z.strictObject({ description: text, artifactChanges: z.array(change).min(1) }))
    .min(1)
    .optional(),
  suppressions: z
    .array(
      z.strictObject({
        kind: z.literal('inSource'),
        justification: z.string().optional(),
        location: z.strictObject({ physicalLocation }),
      }),
    )
    .min(1)
    .optional(),
});

const rule = z.strictObject({
  id: z.enum(ruleIds),
  shortDescription: text,
  helpUri: uri,
  help: z.strictObject({ text: z.string().min(1), markdown: z.string().min(1) }),
});

const sarif = z.strictObject({
  $schema: uri,
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string().min(1),
            version: z.string().regex(/^\d+\.\d+\.\d+/),
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
            rules: z.array(rule),
          }),
        }),
        columnKind: z.literal('utf16CodeUnits'),
        originalUriBaseIds: z.strictObject({ '%SRCROOT%': z.strictObject({ uri: uri.regex(/^file:\/\/.*\/$/) }) }),
        invocations: z
          .array(
            z.strictObject({
              executionSuccessful: z.boolean(),
              toolExecutionNotifications: z.array(z.strictObject({ level, message: text })),
            }),
          )
          .length(1),
        results: z.array(result),
      }),
    )
    .length(1),
});

describe('check as SARIF', function () {
  this.timeout(60_000);
  before(buildCli);

  const projects: TemporaryProject[] = [];
  after(() => projects.forEach((made) => made.remove()));

  async function check(paths: readonly string[], cwd?: string) {
    const outcome = await runCli(['check', '--format', 'sarif', ...paths], cwd === undefined ? {} : { cwd });
    const [run] = sarif.parse(JSON.parse(outcome.stdout)).runs;
    assert.ok(run !== undefined);
    return { ...outcome, run };
  }

  function project(files: Readonly<Record<string, string>>): string {
    const made = temporaryProject(files);
    projects.push(made);
    return made.folder;
  }

  it('is valid for a project full of mistakes, and says what JSON says', async () => {
    const { run, exitCode } = await check(['test/projects/broken']);
    assert.equal(exitCode, 1);
    const json = JSON.parse((await runCli(['check', '--format', 'json', 'test/projects/broken'])).stdout) as {
      diagnostics: readonly { readonly code: string; readonly message: string; readonly file: string }[];
    };
    assert.deepEqual(
      run.results.map(({ ruleId, message, locations: [at] }) => [
        ruleId,
        message.text,
        at?.physicalLocation.artifactLocation.uri,
      ]),
      json.diagnostics.map(({ code, message, file }) => [code, message, file]),
    );
    for (const each of run.results) assert.equal(run.tool.driver.rules[each.ruleIndex]?.id, each.ruleId);
    const prints = run.results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    assert.equal(new Set(prints).size, prints.length);
    assert.ok(run.results.some(({ fixes }) => fixes !== undefined));
    assert.deepEqual(run.invocations, [{ executionSuccessful: true, toolExecutionNotifications: [] }]);
  });

  it('describes every rule, with its page', async () => {
    const { run } = await check(['test/projects/plain']);
    assert.deepEqual(
      run.tool.driver.rules.map(({ id }) => id),
      ruleIds,
    );
    for (const { id, helpUri, help } of run.tool.driver.rules) {
      assert.ok(existsSync(fileURLToPath(helpUri)), helpUri);
      assert.ok(help.markdown.startsWith(`# ${id}\n`));
    }
    assert.deepEqual(run.results, []);
  });

  it('counts from 1, and names files relative to the current folder', async () => {
    const folder = project({ 'src/møn ster.ts': mistaken });
    const { run } = await check(['.'], folder);
    assert.equal(fileURLToPath(run.originalUriBaseIds['%SRCROOT%'].uri), `${folder}${path.sep}`);
    const [found] = run.results;
    assert.deepEqual(found?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: 'src/m%C3%B8n%20ster.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 13, startColumn: 9, endLine: 13, endColumn: 14 },
    });
    assert.equal(found.relatedLocations?.length, 2);
    const elsewhere = await check([folder], root);
    const [location] = elsewhere.run.results[0]?.locations ?? [];
    assert.match(location?.physicalLocation.artifactLocation.uri ?? '', /^file:\/\//);
  });

  it('keeps its fingerprint when lines are added above', async () => {
    const print = async (content: string) =>
      (await check(['.'], project({ 'a.ts': content }))).run.results[0]?.partialFingerprints;
    assert.deepEqual(await print(mistaken), await print(`\n\n${mistaken}`));
  });

  it('holds what comments suppress, with the reason', async () => {
    const comment = '  // mastra-ignore-next-line schema-mismatch -- the name is the key';
    const folder = project({ 'a.ts': mistaken.replace('  .then(price)', `${comment}\n  .then(price)`) });
    const { run, exitCode } = await check(['.'], folder);
    assert.equal(exitCode, 0);
    assert.deepEqual(
      run.results.map(({ ruleId, suppressions }) => [ruleId, suppressions?.map(({ justification }) => justification)]),
      [['schema-mismatch', ['the name is the key']]],
    );
  });

  it('says what could not be analysed', async () => {
    const { run, exitCode } = await check([project({ 'a.ts': mistaken.slice(0, -20) })]);
    assert.equal(exitCode, 2);
    assert.equal(run.invocations[0]?.executionSuccessful, false);
    assert.match(run.invocations[0].toolExecutionNotifications[0]?.message.text ?? '', /does not parse/);
  });
});
