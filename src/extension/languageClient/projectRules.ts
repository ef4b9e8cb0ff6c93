import { Uri, workspace } from 'vscode';
import { parseConfig } from '../../core/language/rules/config.ts';
import type { SeveritySetting } from '../../core/language/rules/severity.ts';

/**
 * The severities that `sluice.json` of the workspace's folders gives rules, as the command line takes them; of several
 * folders the first counts. What cannot be read is told to `warn` and left out.
 */
export async function projectRules(
  warn: (message: string) => void,
): Promise<Readonly<Record<string, SeveritySetting>>> {
  let rules: Readonly<Record<string, SeveritySetting>> = {};
  for (const { uri } of workspace.workspaceFolders ?? []) {
    const file = Uri.joinPath(uri, 'sluice.json');
    try {
      rules = { ...parseConfig(new TextDecoder().decode(await workspace.fs.readFile(file))).rules, ...rules };
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'FileNotFound';
      if (!isMissing)
        warn(`${file.toString()} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return rules;
}
