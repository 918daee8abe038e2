/** The rules of docs/architecture.md that a machine can check. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  commandIds,
  graphViewType,
  ruleIds,
  runsCommandIds,
  runsFilteredContext,
  runsViewId,
  runViewCommandIds,
  runViewId,
  serverCommandIds,
  serversViewId,
  viewContainerId,
  workflowFilesContext,
} from '../common/protocol/index.ts';
import {
  compareCommandId,
  compareViewType,
  formViewType,
  graphCommandIds,
  overviewCommandId,
  overviewViewType,
  storedRunsCommandIds,
} from '../common/protocol/ids.ts';
import manifest from '../package.json' with { type: 'json' };
import { importsOf, root, sourceFiles, type Import } from './architecture/sources.ts';

const rooms = ['common', 'server', 'client', 'webview'] as const;
type Room = (typeof rooms)[number];

/** Packages that the code of a room may use while it runs; anything else needs a reason, here and in the docs. */
const packages: Record<Room, readonly string[]> = {
  // For what enters from files that several rooms read.
  common: ['zod'],
  server: [
    'json5',
    'tinyglobby',
    'typescript',
    'vscode-languageserver',
    'vscode-languageserver-textdocument',
    'vscode-uri',
    'zod',
  ],
  client: ['jsonc-parser', 'zod'],
  webview: [],
};

/** Files above the limit of 300 lines, with the reason. */
const longFiles: Readonly<Record<string, string>> = {};

const files = rooms.flatMap((room) => sourceFiles(room).map((file) => ({ room, file, text: read(file) })));
const imports = files.flatMap(({ room, file, text }) => importsOf(text).map((found) => ({ room, file, ...found })));

describe('rooms', () => {
  it('are all there', () => {
    assert.deepEqual([...new Set(files.map(({ room }) => room))], [...rooms]);
  });

  it('import from themselves and from common only', () => {
    const wrong = imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map((found) => ({ ...found, target: path.posix.join(path.posix.dirname(found.file), found.specifier) }))
      .filter(({ room, target }) => !target.startsWith(`${room}/`) && !target.startsWith('common/'));
    assert.deepEqual(wrong.map(describeImport), []);
  });

  it('use the packages that are listed for them', () => {
    const wrong = imports
      .filter(({ specifier, typeOnly }) => !typeOnly && !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .filter(({ file }) => file !== 'client/src/extension.ts')
      .filter(({ room, specifier }) => !packages[room].includes(packageOf(specifier)));
    assert.deepEqual(wrong.map(describeImport), []);
  });

  it('the webview carries no checks of run logs', () => {
    const checking = imports.filter(({ room, specifier }) => room === 'common' && packageOf(specifier) === 'zod');
    assert.deepEqual(
      checking.map(({ file }) => file).filter((file) => !file.startsWith('common/runlog/file')),
      [],
    );
    const wrong = imports.filter(
      ({ file, specifier, typeOnly }) =>
        !typeOnly &&
        /(?:^|\/)file\w*\.ts$/.test(specifier) &&
        (file.startsWith('webview/') || file.endsWith('/index.ts')),
    );
    assert.deepEqual(wrong.map(describeImport), []);
  });

  it('common and webview run without Node and without VS Code', () => {
    const wrong = imports
      .filter(({ room }) => room === 'common' || room === 'webview')
      .filter(({ specifier }) => specifier.startsWith('node:') || packageOf(specifier).startsWith('vscode'));
    assert.deepEqual(wrong.map(describeImport), []);
  });

  it('the server does not know VS Code, and the client not the language server', () => {
    const wrong = imports.filter(
      ({ room, specifier }) =>
        (room === 'server' && ['vscode', 'vscode-languageclient'].includes(packageOf(specifier))) ||
        (room === 'client' && packageOf(specifier) === 'vscode-languageserver'),
    );
    assert.deepEqual(wrong.map(describeImport), []);
  });
});

describe('the TypeScript API', () => {
  it('is imported by server/src/typescript only', () => {
    const users = imports.filter(({ specifier }) => packageOf(specifier) === 'typescript').map(({ file }) => file);
    assert.ok(users.length > 0);
    assert.deepEqual(
      users.filter((file) => !file.startsWith('server/src/typescript/')),
      [],
    );
  });
});

describe('vscode', () => {
  it('is brought in as a value by extension.ts only', () => {
    const users = imports
      .filter(
        ({ specifier, typeOnly }) => !typeOnly && ['vscode', 'vscode-languageclient'].includes(packageOf(specifier)),
      )
      .map(({ file }) => file);
    assert.deepEqual([...new Set(users)], ['client/src/extension.ts']);
  });
});

describe('package.json', () => {
  const { contributes } = manifest;
  const commands = contributes.commands.map(({ command }) => command);

  it('contributes the commands of the code', () => {
    const ids = [commandIds, runViewCommandIds, runsCommandIds, serverCommandIds, storedRunsCommandIds].flatMap(
      (list) => Object.values<string>(list),
    );
    assert.deepEqual(
      commands.toSorted(),
      [...ids, ...Object.values(graphCommandIds), overviewCommandId, compareCommandId].toSorted(),
    );
  });

  it('names only commands and context keys that exist', () => {
    const items = Object.values(contributes.menus).flat();
    assert.deepEqual(
      items.filter(({ command }) => !commands.includes(command)),
      [],
    );
    const keys = new Set<string>([
      ...[workflowFilesContext, runsFilteredContext],
      ...['activeWebviewPanelId', 'resourcePath', 'view', 'viewItem', 'listMultiSelection', 'false'],
    ]);
    for (const { when } of items) {
      // Without what is compared with: patterns and names behind an operator.
      const named = when.replace(/(?:==|=~) (?:\/[^/]*\/|[\w.]+)/g, '').match(/[\w.]+/g) ?? [];
      assert.deepEqual(
        named.filter((name) => name !== 'in' && !keys.has(name)),
        [],
        when,
      );
    }
    const linked = JSON.stringify(contributes.walkthroughs).matchAll(/command:(mastra\.\w+)|onCommand:(mastra\.\w+)/g);
    for (const [, command, event] of linked) {
      assert.ok(commands.includes(command ?? event ?? ''), command ?? event);
    }
  });

  it('has its views in one container, each with words for when it is empty', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainerId],
    );
    assert.deepEqual(Object.keys(contributes.views), [viewContainerId]);
    const views = contributes.views[viewContainerId].map(({ id }) => id);
    assert.deepEqual(views.toSorted(), [runsViewId, runViewId, serversViewId].toSorted());
    const welcomed = new Set(contributes.viewsWelcome.map(({ view }) => view));
    assert.deepEqual([...welcomed].toSorted(), views.toSorted());
    for (const { contents } of contributes.viewsWelcome) {
      for (const [, command = ''] of contents.matchAll(/command:(mastra\.\w+)/g)) {
        assert.ok(commands.includes(command), command);
      }
    }
  });

  it('wakes the extension for TypeScript and for a panel to restore, and for nothing else', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onLanguage:typescript',
      'onLanguage:typescriptreact',
      `onWebviewPanel:${graphViewType}`,
      `onWebviewPanel:${formViewType}`,
      `onWebviewPanel:${overviewViewType}`,
      `onWebviewPanel:${compareViewType}`,
    ]);
  });

  const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));

  it('has a severity setting for every rule', () => {
    const rules = settings.find(([id]) => id === 'mastra.rules')?.[1];
    assert.ok(rules && 'properties' in rules);
    assert.deepEqual(Object.keys(rules.properties), [...ruleIds]);
  });

  it('contributes the settings that the code reads, and no others', () => {
    const declared = settings.map(([id]) => id);
    const reading = files.filter(({ room }) => room !== 'webview').flatMap(({ text }) => settingsReadBy(text));
    // vscode-languageclient reads this one: the client's id is `mastra`.
    const read = new Set([...reading, 'mastra.trace.server']);
    assert.deepEqual(declared.toSorted(), [...read].toSorted());
  });

  it('restricts the settings of runs to trusted workspaces', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    // And those that name servers: a workspace must not make us send anything anywhere.
    const runs = settings.map(([id]) => id).filter((id) => id.startsWith('mastra.run.') || id === 'mastra.servers');
    assert.deepEqual([...restrictedConfigurations].toSorted(), runs.toSorted());
  });

  it('names only files that exist', () => {
    const media = contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.markdown));
    const icons = contributes.viewsContainers.activitybar.map(({ icon }) => icon);
    for (const file of [manifest.icon, ...icons, ...media]) {
      assert.ok(existsSync(path.join(root, file)), file);
    }
  });
});

describe('rules', () => {
  it('each have a folder with the rule and its page', () => {
    for (const id of ruleIds) {
      assert.ok(existsSync(path.join(root, `server/src/rules/${id}/rule.ts`)), `${id}/rule.ts`);
      assert.ok(existsSync(path.join(root, `server/src/rules/${id}/rule.md`)), `${id}/rule.md`);
    }
  });
});

describe('documentation', () => {
  it('gives the reason of every package of package.json', () => {
    const text = read('docs/architecture.md');
    const unnamed = Object.keys(manifest.devDependencies).filter((name) => !text.includes(`\`${name}\``));
    assert.deepEqual(unnamed, []);
  });

  it('lists every rule and every setting for users', () => {
    const text = read('README.md');
    const names = [
      ...ruleIds,
      ...manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties)),
    ];
    assert.deepEqual(
      names.filter((name) => !text.includes(name)),
      [],
    );
  });

  it('links to files that exist', () => {
    for (const page of ['README.md', 'docs/architecture.md']) {
      for (const [, target] of read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        assert.ok(target && existsSync(path.join(root, path.dirname(page), target)), `${page}: ${target}`);
      }
    }
  });
});

describe('source files', () => {
  it('have at most 300 lines', () => {
    const long = files.map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
    assert.deepEqual(
      long.filter(({ file, lines }) => lines > 300 && !(file in longFiles)),
      [],
    );
  });

  it('leave nothing to do', () => {
    const marked = files.filter(({ text }) => /\b(?:TODO|FIXME|XXX)\b/.test(text)).map(({ file }) => file);
    assert.deepEqual(marked, []);
  });
});

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function describeImport({ file, specifier }: Import & { readonly file: string }): string {
  return `${file} imports ${specifier}`;
}

/** `getConfiguration('mastra.run').get('entry')`, or a whole name as a section. */
function settingsReadBy(text: string): string[] {
  const whole = [...text.matchAll(/section: '(mastra\.[\w.]+)'/g)].map(([, id = '']) => id);
  const sections = [...text.matchAll(/getConfiguration\('(mastra[\w.]*)'/g)].map(([, section = '']) => section);
  const keys = [...text.matchAll(/\.(?:get|inspect)(?:<[^>]*>)?\('([\w.]+)'/g)].map(([, key = '']) => key);
  return [...whole, ...sections.flatMap((section) => keys.map((key) => `${section}.${key}`))];
}
