/** VS Code's workbench as a user sees it: a page object over the web workbench of the VS Code server. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser.ts';
import { packedExtension } from '../harness/build.ts';
import { artifacts, projects } from '../harness/paths.ts';
import { installExtension, startServer, workbenchUrl } from '../harness/vscode/server.ts';
import type { VSCodeServer } from '../harness/vscode/server.ts';
import { quietSettings, writeSettings } from '../harness/vscode/settings.ts';
import type { Settings } from '../harness/vscode/settings.ts';
import { workspaceCopy } from '../harness/workspace.ts';

/** Screenshots of the last run. */
const pictures = path.join(artifacts, 'ui');

/** Starting the workbench, building a project, running a workflow: all on a busy machine. */
const patience = 60_000;

export interface WorkbenchOptions {
  /** A folder of test/projects; the workbench works on a copy of it, outside of the repository. */
  readonly project: string;
  /** False opens the folder as a stranger's: VS Code starts in Restricted Mode. */
  readonly trusted?: boolean;
  readonly settings?: Settings;
}

/** A webview's outer frame (for pictures) and its document. */
export interface Webview {
  readonly outer: Locator;
  readonly frame: FrameLocator;
}

export class Workbench {
  readonly page: Page;
  /** The opened folder. */
  readonly folder: string;
  readonly #server: VSCodeServer;
  readonly #browser: Browser;
  readonly #temporary: string;

  private constructor(server: VSCodeServer, browser: Browser, page: Page, folder: string, temporary: string) {
    this.#server = server;
    this.#browser = browser;
    this.page = page;
    this.folder = folder;
    this.#temporary = temporary;
  }

  /** Installs the packed extension into a fresh VS Code and opens a copy of a sample project with it. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const temporary = mkdtempSync(path.join(os.tmpdir(), 'mastra-ui-'));
    const profile = path.join(temporary, 'profile');
    const folder = workspaceCopy(path.join(projects, options.project), path.join(temporary, options.project));
    writeSettings(profile, { ...quietSettings, ...options.settings });
    await installExtension(profile, (await packedExtension()).file);
    const trusted = options.trusted ?? true;
    const server = await startServer({ profile, args: trusted ? ['--disable-workspace-trust'] : [] });
    const browser = await launchBrowser();
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const workbench = new Workbench(server, browser, page, folder, temporary);
    await page.goto(workbenchUrl(server.authority, { folder }));
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return workbench;
  }

  /** Leaves the page first, so that the extension ends by itself as it does when a user closes the window. */
  async close(): Promise<void> {
    await this.page.goto('about:blank').catch(() => undefined);
    const giveUp = Date.now() + 10_000;
    const log = (): string => readFileSync(this.#server.logFile, 'utf8');
    while (Date.now() < giveUp && !log().includes('Extension Host Process exited')) await this.page.waitForTimeout(100);
    await this.#browser.close();
    await this.#server.stop();
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  /** "Developer: Reload Window". */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  /** A picture of the whole window. */
  async picture(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }

  // Quick input: the palette, pickers and input boxes.

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  choices(text?: string | RegExp): Locator {
    const rows = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    return text === undefined ? rows : rows.filter({ hasText: text });
  }

  /** Runs a command by its title, as typed into the Command Palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(`>${title}`);
    await this.page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: title }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Types into the box that is open and accepts it. */
  async enter(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
  }

  // Editors.

  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput.fill(name);
    await this.page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: path.basename(name) }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.tab(path.basename(name)).first().waitFor();
    await this.editor.locator('.view-lines .view-line').first().waitFor();
  }

  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  /** The text editor of the active group. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Lines of the editor whose text contains `text`; the editor draws spaces as no-break spaces. */
  line(text: string): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text.replaceAll(' ', '\u00a0') });
  }

  /** Puts the cursor at a 1-based position of the active editor. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.enter(`:${line}:${column}`);
    await this.cursor(line, column);
  }

  /** Waits until the status bar shows the cursor at a 1-based position; without column anywhere in the line. */
  async cursor(line: number, column?: number): Promise<void> {
    const text = column === undefined ? new RegExp(`Ln ${line}, Col`) : `Ln ${line}, Col ${column}`;
    await this.page.locator('.statusbar-item', { hasText: text }).waitFor();
  }

  squiggles(severity: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.page.locator(`.editor-instance .squiggly-${severity}`);
  }

  lens(text: string): Locator {
    return this.page.locator('.editor-instance .codelens-decoration a', { hasText: text });
  }

  /** Opens the light bulb menu at the cursor and chooses an entry. */
  async quickFix(title: string): Promise<void> {
    await this.page.keyboard.press('Control+.');
    await this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first().click();
  }

  /** Saves the active editor. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
  }

  // Panels and messages.

  /** Rows of the Problems view. */
  get problems(): Locator {
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  async showProblems(): Promise<void> {
    await this.command('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel').waitFor();
  }

  /** The lines of the Output view that are on screen. */
  get output(): Locator {
    return this.page.locator('.part.panel .output-view .view-line, .part.panel .output-view-container .view-line');
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast', { hasText: text });
  }

  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** The `index`th webview that is on screen. */
  webview(index = 0): Webview {
    const outer = this.page.locator('iframe.webview.ready').nth(index);
    return { outer, frame: outer.contentFrame().locator('#active-frame').contentFrame() };
  }
}
