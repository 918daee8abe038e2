/** One picture of every construct in every position, for each theme: what the panel is compared with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { GraphModel } from '../../common/protocol/graph.ts';
import { keyOf, nested, parallel, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';
import { constructs, packOrder } from '../graph/samples.ts';
import { openPanel } from './page.ts';
import { target } from './target.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

export const themeNames = Object.keys(themes) as readonly ThemeName[];

/** A column for each construct; in it the construct comes first, in the middle, nested, and last. */
export function sheetModel(): GraphModel {
  const kinds = Object.entries(constructs);
  const columns = kinds.map(([kind, create]) =>
    workflow(`column-${kind}`, [create(), step('between'), create(), nested(`inside-${kind}`), create()]),
  );
  const inside = kinds.map(([kind, create]) => workflow(`inside-${kind}`, [create()]));
  const sheet = workflow('sheet', [parallel(kinds.map(([kind]) => nested(`column-${kind}`)))]);
  return modelOf(project(sheet, ...columns, ...inside, packOrder), keyOf('sheet'), []);
}

export interface Sheet {
  readonly png: Buffer;
  /** Where each node is in the picture, in points. */
  readonly boxes: readonly SheetBox[];
}

export interface SheetBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Large enough for all of it at its own size. */
const window = { width: 6200, height: 1800 };

export async function drawSheet(browser: Browser, theme: ThemeName): Promise<Sheet> {
  const model = sheetModel();
  // Everything is open, but for one workflow, so that a folded one is in the picture as well.
  const folded = model.nodes.filter(({ title }) => title === 'pack-order').slice(-1);
  const saved = { target, zoom: 1, scrollX: 0, scrollY: 0, selected: undefined, folded: folded.map(({ id }) => id) };
  const panel = await openPanel(browser, { theme, saved, ...window });
  try {
    await panel.show({ graph: model });
    const drawing = panel.page.locator('.canvas');
    const boxes = await panel.page.evaluate(() => {
      const { left, top } = document.querySelector('.canvas')?.getBoundingClientRect() ?? new DOMRect();
      return Array.from(document.querySelectorAll('[data-node]'), (node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return { id: node.getAttribute('data-node') ?? '', x: x - left, y: y - top, width, height };
      });
    });
    return { png: await drawing.screenshot(), boxes };
  } finally {
    await panel.page.close();
  }
}

export function pictureOf(theme: ThemeName): string {
  return path.join(import.meta.dirname, 'pictures', `${theme}.png`);
}

/** Takes the pictures anew; resolves with their files. */
export async function renewSheets(browser: Browser): Promise<readonly string[]> {
  const files: string[] = [];
  for (const theme of themeNames) {
    const file = pictureOf(theme);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, (await drawSheet(browser, theme)).png);
    files.push(file);
  }
  return files;
}
