import { ViewColumn, type TextDocumentShowOptions } from 'vscode';
import type { RunKey } from '../../core/runs/model.ts';
import type { App } from '../app.ts';

/** Shows a run that was just started as the setting `run.open` says; by default beside, without taking the focus. */
export async function openStarted(
  { settings, runDocuments }: Pick<App, 'settings' | 'runDocuments'>,
  key: RunKey,
): Promise<void> {
  const how = settings.get('run.open');
  if (how !== 'none') await runDocuments.show(key, options[how]);
}

const options: Readonly<Record<'beside' | 'document', TextDocumentShowOptions>> = {
  beside: { viewColumn: ViewColumn.Beside, preserveFocus: true },
  document: { viewColumn: ViewColumn.Active },
};
