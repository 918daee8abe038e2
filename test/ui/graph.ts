/** The graph panel as a user sees it. */
import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

export type Status = 'running' | 'success' | 'failed' | 'suspended' | 'canceled' | 'skipped';

export class Graph {
  readonly #workbench: Workbench;
  #index = 0;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  get frame(): FrameLocator {
    return this.#workbench.webview(this.#index).frame;
  }

  /** Finds the panel among several pages in sight. */
  async find(): Promise<void> {
    this.#index = await this.#workbench.indexOfWebview('.panel .viewport');
  }

  /** Boxes that stand for an entry of the workflow, its start or its end. */
  get nodes(): Locator {
    return this.frame.locator('.node[role="treeitem"]');
  }

  /** Boxes that hold others. */
  get containers(): Locator {
    return this.frame.locator('.node.container');
  }

  /** The box with exactly this title; its clickable card or header. */
  node(title: string): Locator {
    return this.frame.locator('.node[role="treeitem"] .title').getByText(title, { exact: true });
  }

  highlighted(title: string): Locator {
    return this.frame.locator('.node.highlighted .title').getByText(title, { exact: true });
  }

  withStatus(title: string, status: Status): Locator {
    return this.frame.locator(`.node.status-${status} .title`).getByText(title, { exact: true });
  }

  /** Titles of all boxes, from the top. */
  async titles(): Promise<readonly string[]> {
    return await this.nodes.locator('.title').allInnerTexts();
  }

  get details(): Locator {
    return this.frame.locator('.details');
  }

  get notice(): Locator {
    return this.frame.locator('.notice');
  }

  get runBar(): Locator {
    return this.frame.locator('.run-bar');
  }

  /** Waits until the run that is laid over the drawing has ended so. */
  async ended(status: 'success' | 'failed' | 'suspended' | 'canceled'): Promise<void> {
    await this.frame.locator(`.run-bar.${status}`).waitFor();
  }

  button(name: 'Run' | 'Cancel'): Locator {
    return this.frame.locator('.toolbar button', { hasText: name });
  }
}
