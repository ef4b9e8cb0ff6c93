import { window, workspace, type TextEditor } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isGlueScript } from '../../core/workspace/glueScript.ts';
import type { App } from '../app.ts';

/** Keeps the context key `sluice.isGlueScript` true for the editor in front. */
export function followGlueScript({
  contextKeys,
  jobIndex,
  hosts,
}: Pick<App, 'contextKeys' | 'jobIndex' | 'hosts'>): Disposable {
  const parts = new DisposableStore();
  /** An answer that comes after a later question is old. */
  let asked = 0;
  const update = async (editor: TextEditor | undefined): Promise<void> => {
    const question = ++asked;
    const document = editor?.document;
    if (document?.languageId !== 'python') {
      contextKeys.set('sluice.isGlueScript', false);
      return;
    }
    const is =
      isGlueScript(document.getText(), document.fileName) ||
      (await jobIndex.jobsOfScript(document.uri)).length > 0 ||
      (await (await import('./hostedScript.ts')).isHostedScript(hosts, document.uri));
    if (question === asked) contextKeys.set('sluice.isGlueScript', is);
  };
  const again = (): void => void update(window.activeTextEditor);
  parts.add(window.onDidChangeActiveTextEditor(again));
  parts.add(workspace.onDidSaveTextDocument(again));
  parts.add(jobIndex.onDidChange(again));
  parts.add(hosts.onDidChange(again));
  again();
  return parts;
}
