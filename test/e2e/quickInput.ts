import type { Locator, Page } from 'playwright-core';

/** Where a click or a key may go nowhere, because what it was meant for was drawn anew, this long is waited for its effect. */
const effectMs = 5_000;
const attempts = 5;

/**
 * The box on top of VS Code that asks: one and the same element for the palette, for quick picks and for input boxes,
 * step after step. So every gesture names the question that it answers, which is the box's title, its placeholder or its
 * prompt: a step that is about to be replaced is never answered in place of the next one.
 */
export class QuickInput {
  readonly #widget: Locator;

  constructor(private readonly page: Page) {
    this.#widget = page.locator('.quick-input-widget:visible');
  }

  /** The box while it asks this. */
  asking(question: string): Locator {
    const placeholder = this.page.locator(`.quick-input-box input[placeholder*=${JSON.stringify(question)}]`);
    const words = this.page.locator('.quick-input-title, .quick-input-message').filter({ hasText: question });
    return this.#widget.filter({ has: placeholder.or(words) });
  }

  /** A row of the quick pick that asks this. */
  row(question: string, text: string | RegExp): Locator {
    return this.asking(question).locator('.monaco-list-row').filter({ hasText: text });
  }

  /** Takes the row that holds this text, and waits until the question is gone. */
  async pick(question: string, text: string | RegExp): Promise<void> {
    const row = this.row(question, text).first();
    await row.waitFor();
    for (let attempt = 1; attempt <= attempts; attempt++) {
      // It may have gone by the click before.
      const isClicked = await succeeds(row.click({ timeout: effectMs }));
      if (isClicked && (await this.#isGone(question))) return;
      if (!(await this.asking(question).isVisible())) return;
    }
    throw new Error(`"${question}" still asks after "${String(text)}" was picked.`);
  }

  /** Types into the input box that asks this, and accepts. */
  async answer(question: string, text: string): Promise<void> {
    await this.asking(question).waitFor();
    // What is wrong with the text takes the place of the prompt while it is typed.
    const input = this.#widget.locator('.quick-input-box input');
    await input.fill(text);
    await input.press('Enter');
  }

  /** Leaves whatever asks. */
  async leave(): Promise<void> {
    for (let attempt = 1; attempt <= attempts && (await this.#widget.isVisible()); attempt++) {
      await this.page.keyboard.press('Escape');
      if (await succeeds(this.#widget.waitFor({ state: 'hidden', timeout: effectMs }))) return;
    }
  }

  /**
   * Opens a palette with `key`, types, and accepts once the selected row holds `label`. A palette that is asked for
   * while another one closes may be gone at once: then it is asked for again.
   */
  async takeFromPalette(key: string, text: string, label: RegExp): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const timeout = attempt < attempts ? effectMs * attempt : 60_000;
      await this.page.keyboard.press(key);
      const input = this.#widget.locator('.quick-input-box input');
      const selected = this.#widget.locator('.monaco-list-row.focused .label-name').filter({ hasText: label });
      try {
        await input.fill(text, { timeout });
        await selected.first().waitFor({ timeout });
        await input.press('Enter', { timeout });
        await this.#paletteGone(text, timeout);
        return;
      } catch (error) {
        if (attempt === attempts) throw error;
        await this.leave();
      }
    }
  }

  /** The palette is closed, or another box asks in its place. */
  async #paletteGone(text: string, timeout: number): Promise<void> {
    await this.page.waitForFunction(
      (typed) => {
        // A browser's page, of which this project's types know nothing.
        const { document } = globalThis as unknown as {
          document: { querySelector: (selector: string) => { value: string; offsetParent: unknown } | null };
        };
        const input = document.querySelector('.quick-input-widget .quick-input-box input');
        return !input || input.offsetParent === null || input.value !== typed;
      },
      text,
      { timeout },
    );
  }

  async #isGone(question: string): Promise<boolean> {
    return await succeeds(this.asking(question).waitFor({ state: 'hidden', timeout: effectMs }));
  }
}

/** Clicks, and clicks again until the click has shown its effect. `hovered` is what shows the target under the mouse. */
export async function clickUntil(target: Locator, effect: Locator, hovered?: Locator): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const timeout = effectMs * attempt;
    if (hovered) await succeeds(hovered.hover({ timeout }));
    await succeeds(target.first().click({ timeout }));
    if (await succeeds(effect.first().waitFor({ timeout }))) return;
  }
  throw new Error(`Clicking ${String(target)} did not show ${String(effect)}.`);
}

async function succeeds(action: Promise<unknown>): Promise<boolean> {
  return await action.then(
    () => true,
    () => false,
  );
}
