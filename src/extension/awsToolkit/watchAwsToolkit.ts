import { commands, extensions, TabInputCustom, window, workspace, type TextDocument, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { showInformation } from '../prompts/notify.ts';
import type { EditorAssociations, Settings } from '../settings.ts';
import type { ExtensionState } from '../state.ts';
import { awsToolkitId, textAssociations, workflowStudioViewType } from './coexistence.ts';

interface Parts {
  readonly log: Log;
  readonly settings: Settings;
  readonly associations: EditorAssociations;
  readonly state: ExtensionState;
}

/**
 * Beside AWS Toolkit: when the first definition is opened, offers once to open definitions as text, and says once
 * which checks to switch off so that nothing is reported twice. Asks nothing where AWS Toolkit is not installed.
 */
export function watchAwsToolkit(parts: Parts): Disposable {
  const listeners = new DisposableStore();
  const isInstalled = (): boolean => extensions.getExtension(awsToolkitId) !== undefined;
  const consider = (document: TextDocument): void => {
    if ((document.languageId !== 'asl' && document.languageId !== 'asl-yaml') || !isInstalled()) return;
    listeners.dispose();
    offer(parts, document.uri).catch((error: unknown) => {
      parts.log.error(new Error('The offer beside AWS Toolkit failed', { cause: error }));
    });
  };
  listeners.add(workspace.onDidOpenTextDocument(consider));
  workspace.textDocuments.forEach(consider);
  return listeners;
}

async function offer(parts: Parts, uri: Uri): Promise<void> {
  await offerText(parts, uri);
  await tellDoubleChecks(parts);
}

async function offerText({ associations, state }: Parts, uri: Uri): Promise<void> {
  const missing = textAssociations(associations.get());
  if (state.global.get('textEditorOffered') || Object.keys(missing).length === 0) return;
  await state.global.set('textEditorOffered', true);
  const open = 'Open as Text';
  const answer = await showInformation(
    'AWS Toolkit opens state machines in its web editor, which shows no findings and no runs of Sluice. Open them as text from now on?',
    [open, 'Keep Web Editor'],
  );
  if (answer !== open) return;
  await associations.add(missing);
  const webEditors = window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof TabInputCustom &&
        input.viewType === workflowStudioViewType &&
        input.uri.toString() === uri.toString(),
    );
  if (webEditors.length === 0) return;
  await commands.executeCommand('vscode.openWith', uri, 'default');
  await window.tabGroups.close(webEditors);
}

async function tellDoubleChecks({ settings, state }: Parts): Promise<void> {
  if (state.global.get('doubleChecksTold') || !settings.get('validation.definitions')) return;
  await state.global.set('doubleChecksTold', true);
  const keepToolkit = 'Turn Off Checks of Sluice';
  const keepSluice = 'Show AWS Toolkit';
  const answer = await showInformation(
    `AWS Toolkit checks state machines too, and has no setting to stop that: some findings appear twice. To see each once, disable AWS Toolkit for this workspace, or turn off "sluice.validation.definitions".`,
    [keepSluice, keepToolkit],
  );
  if (answer === keepToolkit) await settings.setForUser('validation.definitions', false);
  if (answer === keepSluice) await commands.executeCommand('workbench.extensions.search', `@installed ${awsToolkitId}`);
}
