/** A page with nothing but a value tree, for tests: they put values in and look at what comes out. */
import type { Json } from '../../common/runlog/events.ts';
import { createDiffView } from '../../webview/src/data/diff-view.ts';
import { createValueTree } from '../../webview/src/data/tree.ts';

interface Copied {
  readonly text: string;
  readonly what: string;
}

declare global {
  interface Window {
    copied: Copied[];
    showDifference: (before: Json | undefined, after: Json | undefined) => void;
    showValue: (value: Json | undefined, title: string) => void;
    /** Milliseconds that showing it took. */
    showLarge: (items: number) => number;
    /** Two values of so many items, every thousandth of which differs. */
    showLargeDifference: (items: number) => void;
  }
}

const column = document.createElement('div');
const tree = createValueTree({ onCopy: (text, what) => window.copied.push({ text, what }) });
window.copied = [];
window.showValue = (value, title) => {
  column.replaceChildren(tree.root);
  tree.update(value, title);
};
const large = (items: number, quantity: (index: number) => number): Json =>
  Array.from({ length: items }, (_, index) => ({
    sku: `SKU-${index}`,
    quantity: quantity(index),
    note: 'x'.repeat(440),
    tags: ['a', 'b'],
  }));
window.showLarge = (items) => {
  const value = large(items, (index) => index % 7);
  column.replaceChildren(tree.root);
  const start = performance.now();
  tree.update(value, 'Output');
  return performance.now() - start;
};
const difference = createDiffView({ onCopy: (text, what) => window.copied.push({ text, what }) });
window.showDifference = (before, after) => {
  column.replaceChildren(difference.root);
  difference.update({
    title: 'Output',
    before: { label: 'Run at 10:00', value: before },
    after: { label: 'Run at 11:00', value: after },
  });
};
window.showLargeDifference = (items) => {
  window.showDifference(
    large(items, (index) => index % 7),
    large(items, (index) => (index % 1_000 === 0 ? 7 : index % 7)),
  );
};

const page = document.createElement('main');
const headings = ['h1', 'h2', 'h3'].map((level) => {
  const heading = document.createElement(level);
  heading.className = 'visually-hidden';
  heading.textContent = 'Data';
  return heading;
});
column.className = 'column';
page.append(...headings, column);
document.body.append(page);
