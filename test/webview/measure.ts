/** Looks at the panel as a person does: where texts and boxes really are on screen. */
import type { Page } from 'playwright-core';

export interface TextBox {
  readonly node: string;
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The visible texts of the drawing, each with the part of the screen its letters take. */
export function textBoxes(page: Page): Promise<readonly TextBox[]> {
  return page.evaluate(() => {
    const found: TextBox[] = [];
    for (const text of document.querySelectorAll('.node .title, .node .detail, .condition')) {
      const box = text.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(text);
      const letters = range.getBoundingClientRect();
      const node = text.closest('[data-node]')?.getAttribute('data-node') ?? '';
      if (letters.width === 0) continue;
      // What an ellipsis cuts off is not on screen.
      found.push({
        node,
        text: text.textContent,
        left: Math.max(box.left, letters.left),
        right: Math.min(box.right, letters.right),
        top: letters.top,
        bottom: letters.bottom,
      });
    }
    return found;
  });
}

/** Pairs of texts that touch each other. */
export function overlappingTexts(texts: readonly TextBox[]): readonly string[] {
  const tolerance = 0.5;
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      .filter(
        (b) =>
          a.left < b.right - tolerance &&
          b.left < a.right - tolerance &&
          a.top < b.bottom - tolerance &&
          b.top < a.bottom - tolerance,
      )
      .map((b) => `"${a.text}" of ${a.node} and "${b.text}" of ${b.node}`),
  );
}

/** Texts that reach out of their own box on screen, and boxes whose content is larger than they are. */
export function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const node of document.querySelectorAll('[data-node]')) {
      const outer = node.getBoundingClientRect();
      for (const text of node.querySelectorAll('.title, .detail, .icon, .marks')) {
        // Badges of the two ends stand beside them on purpose.
        if (text.closest('.kind-start, .kind-end') !== null && text.closest('.badge') !== null) continue;
        const inner = text.getBoundingClientRect();
        const fits =
          inner.left >= outer.left &&
          inner.right <= outer.right &&
          inner.top >= outer.top &&
          inner.bottom <= outer.bottom;
        if (!fits)
          found.push(
            `${node.getAttribute('data-node') ?? ''}: ${text.textContent || text.getAttribute('class') || ''}`,
          );
      }
    }
    return found;
  });
}

/** The box of each node on screen at a zoom of 100%, relative to the drawing. */
export function nodeBoxes(page: Page): Promise<Readonly<Record<string, readonly number[]>>> {
  return page.evaluate(() => {
    const origin = document.querySelector('.canvas')?.getBoundingClientRect() ?? new DOMRect();
    return Object.fromEntries(
      [...document.querySelectorAll('[data-node]')].map((node) => {
        const { left, top, width, height } = node.getBoundingClientRect();
        return [node.getAttribute('data-node') ?? '', [left - origin.left, top - origin.top, width, height]];
      }),
    );
  });
}
