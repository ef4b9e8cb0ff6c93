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
    const active = activeRuns(runs);
    const names = active.map(({ key }) => runTitle(key));
    // One run on this machine says how far it is; of several each row says it.
    const local = active.filter(({ key }) => key.kind === 'localRun');
    const progress = local.length === 1 ? [...(local[0]?.jobs.values() ?? [])].at(-1)?.progress : undefined;
    const text = [`$(sync) ${names.length}`, progress].filter(Boolean).join('  ');
    if ([text, ...names].join('\n') === shown) return;
    shown = [text, ...names].join('\n');
    item.text = text;
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
