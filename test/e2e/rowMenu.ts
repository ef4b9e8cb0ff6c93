import type { Locator } from 'playwright-core';

const effectMs = 5_000;
const attempts = 5;

/** Takes an entry of the menu of a tree row. A menu that has just opened does not react to a click yet, so it is clicked again. */
export async function takeFromMenu(row: Locator, entry: string): Promise<void> {
  const page = row.page();
  const item = page.locator('.monaco-menu .action-item').filter({ has: page.getByText(entry, { exact: true }) });
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const timeout = effectMs * attempt;
    try {
      if (!(await item.first().isVisible())) await row.click({ button: 'right', timeout });
      await item.first().click({ timeout });
      await item.first().waitFor({ state: 'hidden', timeout });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
