import { StatusBarAlignment, window } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { runTitle } from '../../core/runs/runTitle.ts';
import { activeRuns, type RunStore } from '../../core/runs/store.ts';

/** Says in the status bar how many runs are on, and nothing while none is. */
export function showRunCount(runs: RunStore): Disposable {
  const parts = new DisposableStore();
  const item = parts.add(window.createStatusBarItem('sluice.runs', StatusBarAlignment.Left, 0));
  item.name = 'Sluice Runs';
  item.command = 'sluice.runs.focus';
  let shown = '';
  const update = (): void => {
    const names = activeRuns(runs).map(({ key }) => runTitle(key));
    if (names.join('\n') === shown) return;
    shown = names.join('\n');
    item.text = `$(sync) ${names.length}`;
    item.tooltip = `Running: ${names.join(', ')}`;
    item.accessibilityInformation = { label: `${names.length} runs are on: ${names.join(', ')}` };
    if (names.length > 0) item.show();
    else item.hide();
  };
  parts.add(runs.onDidChange(update));
  parts.add(runs.onDidChangeList(update));
  update();
  return parts;
}
