import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const rule = 'no-restricted-syntax';

// The rules in question read no types, and reading the TypeScript project takes twenty seconds.
const eslint = new ESLint({
  cwd: resolve(import.meta.dirname, '../..'),
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId === rule,
});

/** Messages of our own restrictions when `code` stands in a file of the repository. */
async function restrictions(code: string, filePath: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === rule).map(({ message }) => message);
}

const somewhere = 'src/extension/compose.ts';
const cases = [
  { name: 'timers that nobody owns', code: 'setInterval(f, 1);', places: [] },
  { name: 'time limits that may never end', code: 'AbortSignal.timeout(1);', places: [] },
  { name: 'messages', code: "vscode.window.showErrorMessage('x');", places: ['src/extension/boundary.ts'] },
  { name: 'settings', code: "workspace.getConfiguration('x');", places: ['src/extension/settings.ts'] },
  { name: 'commands', code: "commands.registerCommand('x', f);", places: ['src/extension/registerCommands.ts'] },
] as const;

describe('what ESLint keeps to its place', () => {
  test.each(cases)('$name', async ({ code, places }) => {
    expect(await restrictions(code, somewhere)).toHaveLength(1);
    for (const place of places) expect(await restrictions(code, place)).toEqual([]);
  });
});
