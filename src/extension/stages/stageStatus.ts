import { StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { stageDifference } from '../../core/workspace/stageAccount.ts';
import { activeStage, stageNames, type ActiveStage, type StageSource } from '../../core/workspace/stages.ts';
import type { Connections } from '../../views/connections.ts';
import type { CommandId } from '../commands.ts';
import type { MissedFiles } from '../workspace/missedFiles.ts';
import { presentStage } from './presentStage.ts';
import { readStages } from './readStages.ts';
import type { StageChoice } from './stageChoice.ts';

/** What of the connections the stage is compared with. */
export type StageConnections = Pick<Connections, 'active' | 'accountId' | 'onDidChange'>;

/**
 * Shows which stage counts in the status bar; a click chooses another. It stands out where the active connection is in
 * another account. Hidden where the workspace has no stages.
 */
export function showStageStatus(
  choice: StageChoice,
  connections: StageConnections,
  missed: MissedFiles,
  onError: (error: unknown) => void,
): Disposable {
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
      const { text, tooltip, spoken, isWarning } = presentStage(stage, names, differenceOf(stage, connections));
      item.text = text;
      item.tooltip = tooltip.join('\n');
      item.accessibilityInformation = { label: spoken };
      item.backgroundColor = isWarning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
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
  parts.add(connections.onDidChange(update));
  const files = parts.add(workspace.createFileSystemWatcher('**/{sluice.json,*.yaml,*.yml}'));
  for (const event of [files.onDidCreate, files.onDidChange, files.onDidDelete]) parts.add(event(update));
  parts.add(workspace.onDidChangeWorkspaceFolders(update));
  parts.add(missed.onDidChange(update));
  update();
  return parts;
}

function differenceOf(stage: ActiveStage | undefined, connections: StageConnections): string | undefined {
  const { active } = connections;
  if (stage === undefined || active === undefined || active.kind === 'local') return undefined;
  return stageDifference(stage, { label: connectionLabel(active), accountId: connections.accountId(active) });
}
