import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';
import { storedState } from './storedState.ts';
import { clickUntil, QuickInput } from './quickInput.ts';
import { openTestVsCode, type TestFolder, type TestVsCode, type TestVsCodeOptions } from '../support/testVsCode.mjs';

const screenshots = resolve(import.meta.dirname, '../../artifacts/e2e');
const COMMANDS_KEY = 'F1';
const FILES_KEY = 'ControlOrMeta+P';
const LINES_KEY = 'Control+G';

/** What a user does in VS Code. Every method waits until what it asks for is there, two minutes at most: enough for a slow machine. */
export class Workbench {
  readonly quickInput: QuickInput;

  private constructor(private readonly vscode: TestVsCode) {
    this.quickInput = new QuickInput(vscode.page);
  }

  /** Opens VS Code with the packaged Sluice and a fresh copy of the sample. A failing test leaves a screenshot. */
  static async open(options: TestVsCodeOptions): Promise<Workbench> {
    const vscode = await openTestVsCode(options);
    vscode.page.context().setDefaultTimeout(120_000);
    const workbench = new Workbench(vscode);
    await vscode.page.locator('.monaco-workbench .explorer-viewlet .monaco-list-row').first().waitFor();
    return workbench;
  }

  async close(): Promise<void> {
    await this.vscode.close();
  }

  get page(): Page {
    return this.vscode.page;
  }

  get folder(): TestFolder {
    return this.vscode.folder;
  }

  /**
   * Call at the start of a test: when it fails, `artifacts/e2e/failed-<name>.png` shows what was to be seen, and what
   * was left open is closed, so that the next test starts from a plain window.
   */
  shootOnFailure(name: string): void {
    onTestFailed(async () => {
      await this.screenshot(`failed-${name}`);
      const cancel = this.dialog().locator('.dialog-close-action, .monaco-button[aria-label="Cancel"]').first();
      if (await cancel.isVisible()) await cancel.click();
      await this.quickInput.leave();
    });
  }

  /** Saves `artifacts/e2e/<name>.png`. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  /** Runs a command from the palette by its title, as "Sluice: Start Execution…". */
  async command(title: string): Promise<void> {
    await this.quickInput.takeFromPalette(COMMANDS_KEY, `>${title}`, exactly(title));
  }

  /** Takes the row of the quick pick that asks `question`. */
  async pick(question: string, row: string | RegExp): Promise<void> {
    await this.quickInput.pick(question, row);
  }

  /** Types into the input box that asks `question`, and accepts. */
  async answer(question: string, text: string): Promise<void> {
    await this.quickInput.answer(question, text);
  }

  /** Opens a file of the workspace by its path from the root. */
  async openFile(path: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    await this.quickInput.takeFromPalette(FILES_KEY, path, exactly(name));
    await this.tab(name).first().waitFor();
    await this.editor().waitFor();
  }

  /** The tab of an editor, by its label. */
  tab(label: string): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: label });
  }

  /** The focused text editor, else the first one. */
  editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  /** A line of any open editor that is rendered and holds this text. */
  line(text: string): Locator {
    return this.page.locator('.monaco-editor .view-line').filter({ hasText: nonBreaking(text) });
  }

  /** A CodeLens or its part, by its text. */
  codeLens(text: string): Locator {
    return this.page.locator('.codelens-decoration a').filter({ hasText: text });
  }

  /** Clicks a CodeLens until `effect` shows: a lens that is drawn anew meanwhile loses a click. */
  async clickCodeLens(text: string, effect: Locator): Promise<void> {
    await clickUntil(this.codeLens(text), effect);
  }

  /** Squiggles that are rendered now, by severity. */
  squiggles(severity: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.page.locator(`.squiggly-${severity}`);
  }

  /** Rows of the Problems view, which is opened. */
  async problems(text: string): Promise<Locator> {
    await this.command('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel .monaco-list-row').filter({ hasText: text });
  }

  /** Puts the cursor at a line and column, both from 1, of the active editor. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.quickInput.takeFromPalette(LINES_KEY, `:${line}:${column}`, /./);
  }

  /** Replaces the first occurrence in the active editor, through Find and Replace as a user does. */
  async replace(search: string, replacement: string): Promise<void> {
    await this.command('Replace');
    const widget = this.page.locator('.find-widget.visible');
    await widget.locator('textarea[aria-label="Find"]').fill(search);
    await widget.locator('textarea[aria-label="Replace"]').fill(replacement);
    // On a match it replaces; with "? of 1" it would only go to the first one.
    const count = widget.locator('.matchesCount');
    await count.filter({ hasText: /^\d+ of / }).waitFor();
    const before = await count.textContent();
    await widget.locator('textarea[aria-label="Replace"]').press('Enter');
    await count.filter({ hasNotText: exactly(before ?? '') }).waitFor();
    await this.page.keyboard.press('Escape');
    await widget.waitFor({ state: 'hidden' });
  }

  /** Puts the cursor on the first occurrence of a text in the active editor. */
  async goToText(text: string): Promise<void> {
    await this.line(text).first().click();
  }

  /** Opens the quick fixes at the cursor and takes the one that holds this text. */
  async quickFix(text: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+.');
    const fixes = this.page.locator('.action-widget:visible .monaco-list-row.action');
    await fixes.filter({ hasText: text }).first().waitFor();
    await fixes.filter({ hasText: text }).first().click();
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
    await this.page.locator('.tabs-container .tab.active.dirty').waitFor({ state: 'detached' });
  }

  /** Gives the editors the room of the panel. */
  async hidePanel(): Promise<void> {
    const panel = this.page.locator('.part.panel .composite.panel').first();
    if (await panel.isVisible()) await this.command('View: Hide Panel');
    await panel.waitFor({ state: 'hidden' });
  }

  /** Shows Sluice in the side bar. */
  async openSidebar(): Promise<void> {
    const header = this.page.locator('.sidebar .pane-header').filter({ hasText: 'Pipelines' });
    // A click on the icon of what is shown hides it.
    if (await header.first().isVisible()) return;
    await clickUntil(this.page.locator('.activitybar .action-label[aria-label^="Sluice"]'), header);
  }

  /** A row of a tree in the side bar, by its text. */
  treeRow(text: string | RegExp): Locator {
    return this.page.locator('.sidebar .monaco-list-row').filter({ hasText: text });
  }

  /** The codicon of a tree row, as `pass-filled`. */
  treeIcon(text: string | RegExp, codicon: string): Locator {
    return this.treeRow(text).locator(`.codicon-${codicon}`).first();
  }

  /** Opens a folded tree row and leaves an open one as it is. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.treeRow(text).first();
    const open = this.page.locator('.sidebar .monaco-list-row[aria-expanded="true"]').filter({ hasText: text });
    await row.waitFor();
    if (await open.first().isVisible()) return;
    await clickUntil(row.locator('.monaco-tl-twistie'), open);
  }

  /** Folds the connections. */
  async foldAll(): Promise<void> {
    const open = this.page.locator('.sidebar .monaco-list-row[aria-level="1"][aria-expanded="true"]');
    for (const label of await open.locator('.label-name').allTextContents()) {
      const row = this.treeRow(label).first();
      const folded = this.page.locator('.sidebar .monaco-list-row[aria-expanded="false"]').filter({ hasText: label });
      await clickUntil(row.locator('.monaco-tl-twistie'), folded);
    }
  }

  /** Clicks an inline action of a tree row, by its tooltip, until `effect` shows: the row may be drawn anew meanwhile. */
  async rowAction(text: string | RegExp, action: string, effect: Locator): Promise<void> {
    const row = this.treeRow(text).first();
    await clickUntil(row.locator(`.actions .action-label[aria-label^="${action}"]`), effect, row);
  }

  /** A notification that holds this text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** Takes all notifications away. */
  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }

  /** A modal dialog. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Reloads the window, once VS Code has written down what matches: it does so a moment after the change. */
  async reloadKeeping(kept: RegExp): Promise<void> {
    await expect.poll(async () => kept.test(await this.page.evaluate(storedState)), { timeout: 60_000 }).toBe(true);
    await this.page.reload();
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
  }

  /** Presses a button of the dialog that is open or is about to open. */
  async press(button: string): Promise<void> {
    const target = this.dialog()
      .locator('.monaco-button')
      .filter({ hasText: exactly(button) });
    await target.click();
    await target.waitFor({ state: 'hidden' });
  }

  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** Switches the colour scheme of the system, which VS Code follows, and waits until it shows. */
  async theme(theme: 'dark' | 'light'): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme });
    await this.page
      .locator(`.monaco-workbench.${theme === 'dark' ? 'vs-dark' : 'vs'}`)
      .first()
      .waitFor();
    // Colours fade into each other for a moment.
    await this.page.waitForFunction('document.getAnimations().every((each) => !(each instanceof CSSTransition))');
  }

  /** Saves the screen in both themes: `<name>-dark.png` and `<name>-light.png`. */
  async screenshotInBothThemes(name: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await this.theme(theme);
      await this.screenshot(`${name}-${theme}`);
    }
  }
}

/** Monaco renders spaces as non-breaking ones. */
function nonBreaking(text: string): RegExp {
  return new RegExp(escaped(text).replace(/ /g, '[ \\u00a0]'));
}

function exactly(text: string): RegExp {
  return new RegExp(`^${escaped(text)}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
