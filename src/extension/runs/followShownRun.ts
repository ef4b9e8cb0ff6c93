import { window } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isTerminal } from '../../core/runs/model.ts';
import { isFiltering } from '../../views/runs/document/presentFilter.ts';
import { isMockMissed } from '../../views/runs/isMockMissed.ts';
import type { App } from '../app.ts';

/** Keeps the context keys of the run document in front true. */
export function followShownRun({
  runs,
  runDocuments,
  contextKeys,
}: Pick<App, 'runs' | 'runDocuments' | 'contextKeys'>): Disposable {
  const parts = new DisposableStore();
  const update = (): void => {
    const uri = window.activeTextEditor?.document.uri;
    const open = uri && runDocuments.runOf(uri);
    contextKeys.set('sluice.isActiveRunShown', open !== undefined && !isTerminal(open.run.outcome.state));
    contextKeys.set('sluice.isMockMissed', open !== undefined && isMockMissed(open.run));
    contextKeys.set('sluice.shownRunKind', open?.run.key.kind ?? '');
    contextKeys.set('sluice.isRunFiltered', open !== undefined && isFiltering(open.filter));
  };
  parts.add(window.onDidChangeActiveTextEditor(update));
  parts.add(runDocuments.onDidGrow(update));
  parts.add(runs.onDidEnd(update));
  update();
  return parts;
}
