import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { openTestVsCode, type TestFolder, type TestVsCode, type TestVsCodeOptions } from '../support/testVsCode.mjs';

const screenshots = resolve(import.meta.dirname, '../../artifacts/e2e');
const themes = { dark: 'Dark Modern', light: 'Light Modern' };

/** What a user does in VS Code. Every method waits until what it asks for is there, a minute at most. */
export class Workbench {
  private constructor(private readonly vscode: TestVsCode) {}

  /** Opens VS Code with the packaged Sluice and a fresh copy of the sample. A failing test leaves a screenshot. */
  static async open(options: TestVsCodeOptions): Promise<Workbench> {
    const vscode = await openTestVsCode(options);
    vscode.page.setDefaultTimeout(60_000);
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

  /** Call at the start of a test: when it fails, `artifacts/e2e/failed-<name>.png` shows what was to be seen. */
  shootOnFailure(name: string): void {
    onTestFailed(async () => await this.screenshot(`failed-${name}`));
  }

  /** Saves `artifacts/e2e/<name>.png`. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  /** Runs a command from the palette by its title, as "Sluice: Start Execution…". */
  async command(title: string): Promise<void> {
    await this.#takeFromPalette(`>${title}`, title);
  }

  /** A palette that is asked for while another one closes may be gone at once: then it is asked for again. */
  async #takeFromPalette(text: string, title: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const timeout = attempt < 4 ? 5_000 : 30_000;
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput().fill(text, { timeout });
        await this.quickPickRow(title).first().click({ timeout });
        return;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** The input box of the quick pick or input box that is open. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  /** A row of the open quick pick that holds this text. */
  quickPickRow(text: string): Locator {
    return this.page.locator('.quick-input-widget:visible .monaco-list-row').filter({ hasText: text });
  }

  /** Clicks the row of the open quick pick that holds this text. */
  async pick(text: string): Promise<void> {
    await this.quickPickRow(text).first().click();
  }

  /** Types into the open input box and accepts. */
  async answer(text: string): Promise<void> {
    await this.quickInput().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file of the workspace by its path from the root. */
  async openFile(path: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    await this.page.keyboard.press('ControlOrMeta+P');
    await this.quickInput().fill(path);
    await this.quickPickRow(name).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.tab(name).waitFor();
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

  /** Clicks a CodeLens that opens a quick pick. A lens that is drawn anew meanwhile loses a click, so it is tried again. */
  async clickCodeLens(text: string): Promise<void> {
    const lens = this.codeLens(text).first();
    await lens.waitFor();
    for (let attempt = 1; attempt <= 3; attempt++) {
      await lens.click();
      const isOpen = await this.quickInput()
        .waitFor({ timeout: 5_000 })
        .then(
          () => true,
          () => false,
        );
      if (isOpen) return;
    }
    throw new Error(`Clicking "${text}" did not open a quick pick.`);
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
    await this.page.keyboard.press('Control+G');
    await this.answer(`:${line}:${column}`);
  }

  /** Replaces the first occurrence in the active editor, through Find and Replace as a user does. */
  async replace(search: string, replacement: string): Promise<void> {
    await this.command('Replace');
    const widget = this.page.locator('.find-widget.visible');
    await widget.locator('textarea[aria-label="Find"]').fill(search);
    await widget.locator('textarea[aria-label="Replace"]').fill(replacement);
    await widget.locator('.matchesCount').filter({ hasText: 'of' }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.press('Escape');
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
    await this.page.locator('.activitybar .action-label[aria-label^="Sluice"]').click();
    await this.page.locator('.sidebar .pane-header').filter({ hasText: 'Pipelines' }).first().waitFor();
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
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
    await this.page
      .locator('.sidebar .monaco-list-row[aria-expanded="true"]')
      .filter({ hasText: text })
      .first()
      .waitFor();
  }

  /** Clicks an inline action of a tree row, by its tooltip. */
  async rowAction(text: string | RegExp, action: string): Promise<void> {
    const row = this.treeRow(text).first();
    await row.hover();
    await row.locator(`.actions .action-label[aria-label^="${action}"]`).click();
  }

  /** A notification that holds this text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** A modal dialog. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** Switches the colour theme and waits until it shows. */
  async theme(theme: keyof typeof themes): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.quickInput().fill(themes[theme]);
    await this.quickPickRow(themes[theme]).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page
      .locator(`.monaco-workbench.${theme === 'dark' ? 'vs-dark' : 'vs'}`)
      .first()
      .waitFor();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
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
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ \\u00a0]'));
}
