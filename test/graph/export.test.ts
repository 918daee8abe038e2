/** Saving and copying what a graph panel exports, with a stand-in for what it touches of VS Code and a real folder. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { chooseExport } from '../../client/src/graph/export/choose.ts';
import { takeExport } from '../../client/src/graph/export/save.ts';
import { pngSize } from '../../webview/src/export/png.ts';

class FakeUri {
  readonly path: string;
  constructor(name: string) {
    this.path = path.posix.normalize(name);
  }
  toString(): string {
    return `file://${this.path}`;
  }
}

interface Asked {
  readonly title: string;
  readonly defaultUri: FakeUri;
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

const target = { uri: 'file:///project/src/orders.ts', key: 'orders.ts#placeOrder', title: 'place order' };

/** Answers the save dialog with `places`, one after the other, and notifications with `buttons`. */
function world(options: {
  readonly places?: readonly (string | undefined)[];
  readonly buttons?: readonly (string | undefined)[];
  readonly json?: string | null | Error;
  readonly remembered?: string;
}) {
  const asked: Asked[] = [];
  const told: string[] = [];
  const opened: string[] = [];
  const copied: string[] = [];
  const status: string[] = [];
  const kept = new Map<string, unknown>(
    options.remembered === undefined ? [] : [['mastra.exportFolder', options.remembered]],
  );
  const places = [...(options.places ?? [])];
  const buttons = [...(options.buttons ?? [])];
  const tell = (message: string) => {
    told.push(message);
    return Promise.resolve(buttons.shift());
  };
  const code = {
    Uri: {
      parse: (text: string) => new FakeUri(text.replace('file://', '')),
      joinPath: (base: FakeUri, ...parts: readonly string[]) => new FakeUri([base.path, ...parts].join('/')),
    },
    QuickPickItemKind: { Separator: -1 },
    window: {
      showSaveDialog: (given: Asked) => {
        asked.push(given);
        const place = places.shift();
        return Promise.resolve(place === undefined ? undefined : new FakeUri(place));
      },
      showInformationMessage: tell,
      showWarningMessage: tell,
      showErrorMessage: tell,
      setStatusBarMessage: (text: string) => status.push(text),
      showQuickPick: (items: readonly { readonly label: string }[]) =>
        Promise.resolve(items.find(({ label }) => label === buttons[0])),
    },
    workspace: {
      getWorkspaceFolder: () => ({ uri: new FakeUri('/project') }),
      // Reports as VS Code's own does.
      fs: {
        writeFile: (uri: FakeUri, bytes: Uint8Array) =>
          writeFile(uri.path, bytes).catch((error: unknown) => {
            const known = (error as NodeJS.ErrnoException).code;
            const name =
              known === 'EACCES' ? 'NoPermissions' : known === 'ENOENT' ? 'FileNotFound' : 'FileIsADirectory';
            throw Object.assign(new Error(String(error)), { code: name });
          }),
      },
    },
    env: { clipboard: { writeText: (text: string) => Promise.resolve(copied.push(text)) } },
    commands: { executeCommand: (_command: string, uri: FakeUri) => Promise.resolve(opened.push(uri.path)) },
  };
  const { json = null } = options;
  return {
    asked,
    told,
    opened,
    copied,
    status,
    kept,
    code: code as unknown as typeof vscode,
    dependencies: {
      vscode: code as unknown as typeof vscode,
      memory: {
        get: ((key: string) => kept.get(key)) as vscode.Memento['get'],
        update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
      },
      server: {
        request: () => (json instanceof Error ? Promise.reject(json) : Promise.resolve(json)),
      },
    },
  };
}

describe('exporting a drawing', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'export-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const svg = { type: 'export', format: 'svg', place: 'file', text: '<svg>ü</svg>' } as const;

  it('offers a file called by the workflow in the folder of the project, and remembers where it went', async () => {
    const place = path.join(folder, 'order.svg');
    const first = world({ places: [place] });
    await takeExport(first.dependencies, target, svg);
    assert.equal(String(first.asked[0]?.defaultUri), 'file:///project/place-order.svg');
    assert.deepEqual(first.asked[0]?.filters, { SVG: ['svg'] });
    assert.equal(readFileSync(place, 'utf8'), '<svg>ü</svg>');
    assert.deepEqual(first.told, ['Exported place order to order.svg.']);
    assert.deepEqual(first.opened, []);
    const second = world({ places: [undefined], remembered: String(first.kept.get('mastra.exportFolder')) });
    await takeExport(second.dependencies, target, { ...svg, format: 'mermaid', text: 'flowchart TD\n' });
    assert.equal(String(second.asked[0]?.defaultUri), `file://${folder}/place-order.mmd`);
  });

  it('opens the file where that is asked for', async () => {
    const place = path.join(folder, 'order.svg');
    const { dependencies, opened } = world({ places: [place], buttons: ['Open'] });
    await takeExport(dependencies, target, svg);
    assert.deepEqual(opened, [place]);
  });

  it('writes nothing when the dialog is closed', async () => {
    const { dependencies, told, kept } = world({ places: [undefined] });
    await takeExport(dependencies, target, svg);
    assert.deepEqual([told, [...kept], readdirSync(folder)], [[], [], []]);
  });

  it('says why a place cannot be written, and asks for another one', async () => {
    const place = path.join(folder, 'order.svg');
    const { dependencies, told, asked, kept } = world({
      places: [path.join(folder, 'gone/order.svg'), folder, place],
      buttons: ['Choose another place…', 'Choose another place…'],
    });
    await takeExport(dependencies, target, svg);
    assert.deepEqual(told, [
      'order.svg could not be written: its folder is not there.',
      `${path.basename(folder)} could not be written: there is a folder with that name.`,
      'Exported place order to order.svg.',
    ]);
    assert.equal(asked.length, 3);
    assert.equal(kept.get('mastra.exportFolder'), `file://${folder}`);
  });

  it('leaves it where the author gives up after an error', async () => {
    const { dependencies, told, asked } = world({
      places: [path.join(folder, 'gone/order.svg')],
      buttons: [undefined],
    });
    await takeExport(dependencies, target, svg);
    assert.deepEqual([told.length, asked.length], [1, 1]);
  });

  it('saves a picture as it came, with what there is to say about its size', async () => {
    const place = path.join(folder, 'order.png');
    const { dependencies, told } = world({ places: [place] });
    const bytes = new Uint8Array([137, 80, 78, 71, 0, 255]);
    await takeExport(dependencies, target, { type: 'export', format: 'png', bytes, note: 'It is smaller.' });
    assert.deepEqual(new Uint8Array(readFileSync(place)), bytes);
    assert.deepEqual(told, ['Exported place order to order.png. It is smaller.']);
  });

  it('copies texts, and tells so where it does not disturb', async () => {
    const { dependencies, copied, status, told } = world({ json: '[1]\n' });
    await takeExport(dependencies, target, { ...svg, place: 'clipboard' });
    await takeExport(dependencies, target, { type: 'export', format: 'json', place: 'clipboard' });
    assert.deepEqual(copied, ['<svg>ü</svg>', '[1]\n']);
    assert.deepEqual(status, [
      'Copied the drawing of place order as SVG.',
      'Copied the drawing of place order as JSON.',
    ]);
    assert.deepEqual(told, []);
  });

  it('says what is left where the source has no workflow any more, or there is nobody to ask', async () => {
    const gone = world({ json: null });
    await takeExport(gone.dependencies, target, { type: 'export', format: 'json', place: 'file' });
    assert.match(gone.told[0] ?? '', /not in its file any more.*SVG, PNG and Mermaid show the last drawing/);
    const failed = world({ json: new Error('The language server ended.') });
    await takeExport(failed.dependencies, target, { type: 'export', format: 'json', place: 'file' });
    assert.deepEqual(failed.told, ['place order could not be exported as JSON: The language server ended.']);
    assert.deepEqual([gone.asked, failed.asked], [[], []]);
  });

  it('is chosen from one list by those who come from the palette', async () => {
    const mermaid = await chooseExport(world({ buttons: ['$(copy) Mermaid'] }).code, 'place order');
    assert.deepEqual(mermaid, { type: 'export', format: 'mermaid', place: 'clipboard' });
    assert.equal(await chooseExport(world({ buttons: [undefined] }).code, 'place order'), undefined);
  });
});

describe('the size of a PNG picture', () => {
  it('is twice that of the drawing, less where that is too much, and none where nothing could be read', () => {
    assert.deepEqual(pngSize(800, 3000), { kind: 'fits', scale: 2, note: undefined });
    const tall = pngSize(400, 12_000);
    assert.ok(tall.kind === 'fits' && tall.scale > 1.3 && tall.scale < 1.4);
    assert.match(tall.note ?? '', /400 × 12,000 pixels.*1\.36 times/);
    const wide = pngSize(7000, 7000);
    assert.ok(wide.kind === 'fits' && wide.scale < 1.2);
    const huge = pngSize(264, 800_000);
    assert.ok(huge.kind === 'too-large');
    assert.match(huge.message, /264 × 800,000 pixels, more than a PNG file can hold legibly\. Export it as SVG/);
  });

  it('never asks for more than a browser draws', () => {
    for (const [width, height] of [
      [1, 1],
      [16_384, 10],
      [16_383, 3900],
      [8000, 8000],
      [10, 16_384],
    ] as const) {
      const size = pngSize(width, height);
      if (size.kind !== 'fits') continue;
      assert.ok(width * size.scale <= 16_384 && height * size.scale <= 16_384);
      assert.ok(width * height * size.scale ** 2 <= 64_000_000);
    }
  });
});
