import { StatusBarAlignment, window, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { activeStage, stageNames, type StageSource } from '../../core/workspace/stages.ts';
import type { CommandId } from '../commands.ts';
import { readStages } from './readStages.ts';
import type { StageChoice } from './stageChoice.ts';

/** Shows which stage counts in the status bar; a click chooses another. Hidden where the workspace has no stages. */
export function showStageStatus(choice: StageChoice, onError: (error: unknown) => void): Disposable {
  const parts = new DisposableStore();
  const item = parts.add(window.createStatusBarItem('sluice.stage', StatusBarAlignment.Left, 49));
  item.name = 'Sluice Stage';
  item.command = 'sluice.chooseStage' satisfies CommandId;
  let state: 'idle' | 'reading' | 'again' = 'idle';
  const update = (): void => {
    // Many files may change at once: what changes while they are read is read afterwards, once.
    if (state !== 'idle') {
      state = 'again';
      return;
    }
    state = 'reading';
    const onRead = (sources: readonly StageSource[]): void => {
      const names = stageNames(sources);
      const stage = activeStage(sources, choice);
      item.text = `$(layers) ${stage?.name ?? 'No stage'}`;
      item.tooltip =
        stage === undefined
          ? `Placeholders have no values until a stage is chosen: ${names.join(', ')}.`
          : `Placeholders have the values of stage ${stage.name}. Click to choose another: ${names.join(', ')}.`;
      item.accessibilityInformation = { label: stage === undefined ? 'No stage is chosen' : `Stage ${stage.name}` };
      if (names.length > 0) item.show();
      else item.hide();
    };
    void readStages()
      .then(onRead, onError)
      .finally(() => {
        const isStale = state === 'again';
        state = 'idle';
        if (isStale) update();
      });
  };
  parts.add(choice.onDidChange(update));
  const files = parts.add(workspace.createFileSystemWatcher('**/{sluice.json,*.yaml,*.yml}'));
  for (const event of [files.onDidCreate, files.onDidChange, files.onDidDelete]) parts.add(event(update));
  parts.add(workspace.onDidChangeWorkspaceFolders(update));
  update();
  return parts;
}
