/** VS Code's workbench as a user sees it: a page object over the web workbench of the VS Code server. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const patience = 45_000;

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

  /** What the extension has logged since the window was opened or last reloaded. */
  log(): string {
    const logs = path.join(this.#temporary, 'profile/data/logs');
    const names = readdirSync(logs, { recursive: true, encoding: 'utf8' })
      .filter((name) => path.basename(name) === 'Mastra.log')
      .sort();
    const last = names.at(-1);
    return last === undefined ? '(no log)' : readFileSync(path.join(logs, last), 'utf8');
  }

  /** Kills the process in which the extension runs, as a crash or the system would. */
  async killExtensionHost(): Promise<void> {
    const log = (): string => readFileSync(this.#server.logFile, 'utf8');
    const launched = [...log().matchAll(/<(\d+)> Launched Extension Host Process/g)].at(-1)?.[1];
    if (launched === undefined) throw new Error(`The server's log names no extension host:\n${log()}`);
    process.kill(Number(launched), 'SIGKILL');
    await this.until('the server sees it end', () =>
      Promise.resolve(log().includes(`<${launched}> Extension Host Process exited`)),
    );
  }

  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  /** Waits until `condition` holds; `what` is said when it does not for long. */
  async until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const giveUp = Date.now() + patience;
    while (!(await condition())) {
      if (Date.now() > giveUp) throw new Error(`Waited in vain: ${what}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Waits until VS Code has nothing more to tell about what it is doing, for pictures. */
  async settled(): Promise<void> {
    await this.rest();
    await this.page
      .locator('.statusbar-item .codicon-loading, .statusbar-item .codicon-sync')
      .first()
      .waitFor({ state: 'detached' });
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }

  /** A picture of the whole window. */
  async picture(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }

  /** Chooses a colour theme by its name, as with "Preferences: Color Theme". */
  async useTheme(name: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.choices().first().waitFor();
    await this.quickInput.fill(name);
    await this.page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: name }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
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
    // The palette may have put another command that fits the words first.
    const label = new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    await this.choose(
      'F1',
      `>${title}`,
      this.choices().filter({ has: this.page.locator('.label-name', { hasText: label }) }),
    );
  }

  /**
   * Opens quick input with a key, types `text` and takes `choice` from its list. What still takes the focus (an editor
   * that is being opened) closes it again: then it is opened anew.
   */
  private async choose(key: string, text: string, choice: Locator): Promise<void> {
    await this.until(`quick input offers ${text}`, () =>
      this.page.keyboard
        .press(key)
        .then(() => this.quickInput.fill(text, { timeout: 3000 }))
        .then(() => choice.first().click({ timeout: 5000 }))
        .then(
          () => true,
          () => this.page.keyboard.press('Escape').then(() => false),
        ),
    );
  }

  /** Types into the box that is open and accepts it. */
  async enter(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Moves the mouse where it shows no tooltip. */
  async rest(): Promise<void> {
    await this.page.mouse.move(200, 8);
  }

  // Editors.

  async openFile(name: string): Promise<void> {
    const file = this.page.locator('.quick-input-widget:visible .monaco-list-row.focused', {
      hasText: path.basename(name),
    });
    await this.choose('Control+P', name, file);
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

  /** Where `word` stands on the screen, in the line that contains `line`. */
  async boxOf(line: string, word: string): Promise<{ x: number; y: number; width: number; height: number }> {
    return await this.line(line)
      .first()
      .evaluate((element, text) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const start = node.textContent?.indexOf(text) ?? -1;
          if (start === -1) continue;
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, start + text.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x, y, width, height };
        }
        throw new Error(`${text} is not one piece of text on the screen`);
      }, word);
  }

  /** 1-based line of the first line of a file on disk that contains `text`. */
  lineOf(file: string, text: string): number {
    const lines = readFileSync(path.join(this.folder, file), 'utf8').split('\n');
    return lines.findIndex((line) => line.includes(text)) + 1;
  }

  /** Changes a file on disk, as another program would. */
  changeFile(file: string, from: string, to: string): void {
    const absolute = path.join(this.folder, file);
    writeFileSync(absolute, readFileSync(absolute, 'utf8').replace(from, to));
  }

  /** Opens a workflow's file with the cursor, and so the lenses, at the workflow. */
  async openWorkflow(name: string): Promise<void> {
    await this.openFile(name);
    await this.goTo(this.lineOf(`src/mastra/workflows/${name}`, 'createWorkflow({'), 1);
  }

  /** Puts the keyboard into the editor of an open file. */
  async focusEditor(name: string): Promise<void> {
    await this.tab(name).first().click();
    await this.rest();
    await this.command('View: Focus Active Editor Group');
  }

  /** Puts the cursor at a 1-based position of the active editor. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.enter(`:${line}:${column}`);
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Waits until the cursor of the text editor in front is in this line, 1-based; the keyboard may be elsewhere. */
  async cursor(line: number): Promise<void> {
    const number = this.page.locator('.editor-instance .line-numbers.active-line-number');
    await number.getByText(String(line), { exact: true }).first().waitFor();
  }

  squiggles(severity: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.page.locator(`.editor-instance .squiggly-${severity}`);
  }

  /**
   * Clicks the first lens that says `text`. With the focus in the editor: VS Code forgets to ask for lenses again when
   * the editor loses the focus while it is about to, and makes up for it when the focus is back.
   */
  async clickLens(text: string): Promise<void> {
    await this.page.keyboard.press('Control+1');
    await this.page.locator('.editor-instance .codelens-decoration a', { hasText: text }).first().click();
  }

  /** Opens the light bulb menu at the cursor and chooses an entry. */
  async quickFix(title: string): Promise<void> {
    await this.page
      .locator('.editor-instance [class*="lightbulb"], .editor-instance .lightBulbWidget')
      .first()
      .waitFor();
    await this.page.keyboard.press('Control+.');
    await this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first().click();
  }

  /** Saves the active editor. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
  }

  /** Drops unsaved changes of the active editor. */
  async revert(): Promise<void> {
    await this.command('File: Revert File');
    await this.page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
  }

  // Panels and messages.

  /** Rows of the Problems view. */
  get problems(): Locator {
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  /** Shows the Problems view with the problems of these files only. */
  async showProblems(glob: string): Promise<void> {
    await this.command('Problems: Focus on Problems View');
    const filter = this.page.locator('.part.panel .viewpane-filter input');
    const files = this.page.locator('.markers-panel .monaco-list-row[aria-level="1"]');
    const name = path.posix.basename(glob);
    let asTyped = 0;
    await this.until(`only ${name} is listed`, async () => {
      // A view that is just being shown may throw away what was typed, even a moment after it followed it.
      const kept = (await filter.inputValue()) === glob;
      if (!kept) await filter.fill(glob);
      const listed = await files.allInnerTexts();
      asTyped = kept && listed.length === 1 && listed[0]?.includes(name) === true ? asTyped + 1 : 0;
      return asTyped === 5;
    });
  }

  /** The lines of the Output view that are on screen. */
  get output(): Locator {
    return this.page.locator('.part.panel .output-view .view-line, .part.panel .output-view-container .view-line');
  }

  /** Ctrl+click: pressing Ctrl draws the link anew, so the click goes to its place and not to the element. */
  async followLink(link: Locator): Promise<void> {
    const box = await link.boundingBox();
    if (box === null) throw new Error('The link is not on the screen.');
    const key = process.platform === 'darwin' ? 'Meta' : 'Control';
    await this.page.mouse.move(box.x + 20, box.y + box.height / 2);
    await this.page.keyboard.down(key);
    await this.page.mouse.move(box.x + 24, box.y + box.height / 2);
    await this.page.locator('.detected-link-active').first().waitFor();
    await this.page.mouse.click(box.x + 24, box.y + box.height / 2);
    await this.page.keyboard.up(key);
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast', { hasText: text });
  }

  /** A notification, also when it came while something else was on top: then it waits behind the bell. */
  async notified(text: string | RegExp): Promise<void> {
    const shown = await this.toast(text)
      .waitFor({ timeout: patience / 4 })
      .then(
        () => true,
        () => false,
      );
    if (shown) return;
    await this.command('Notifications: Show Notifications');
    await this.page.locator('.notifications-center .notification-list-item', { hasText: text }).waitFor();
  }

  /** The `index`th webview that is on screen. */
  webview(index = 0): Webview {
    const outer = this.page.locator('iframe.webview.ready').nth(index);
    return { outer, frame: outer.contentFrame().locator('#active-frame').contentFrame() };
  }

  /** Which of the pages in sight shows `selector`, as soon as one does. */
  async indexOfWebview(selector: string): Promise<number> {
    let found = -1;
    await this.until(`a page shows ${selector}`, async () => {
      const count = await this.page.locator('iframe.webview.ready').count();
      for (let index = 0; index < count && found === -1; index += 1) {
        if ((await this.webview(index).frame.locator(selector).count()) > 0) found = index;
      }
      return found !== -1;
    });
    return found;
  }
}
