import { Uri, window, workspace } from 'vscode';
import { machineName } from '../../core/workspace/workspaceFile.ts';
import type { App } from '../app.ts';

/** Saves an input editor as `<machine>.<name>.input.json` beside the definition, where starting offers it. */
export async function saveInput({ inputEditors }: Pick<App, 'inputEditors'>, target?: unknown): Promise<void> {
  const document = workspace.textDocuments.find(
    ({ uri }) => target instanceof Uri && uri.toString() === target.toString(),
  );
  const definition = document && inputEditors.get(document)?.target.file;
  if (!definition) return;
  const name = machineName(definition.path);
  const file = await window.showSaveDialog({
    title: 'Save Input',
    defaultUri: Uri.joinPath(definition, '..', `${name}.new.input.json`),
    filters: { Input: ['input.json'] },
  });
  if (file) await workspace.fs.writeFile(file, new TextEncoder().encode(document.getText()));
}
