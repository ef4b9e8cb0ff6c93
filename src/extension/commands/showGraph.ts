import { Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import type { App } from '../app.ts';

/** Shows the graph of a definition: of the one given, or of the one in front. */
export async function showGraph({ graphs }: Pick<App, 'graphs'>, from?: unknown): Promise<void> {
  const document = from instanceof Uri ? await workspace.openTextDocument(from) : window.activeTextEditor?.document;
  if (!document) throw new UserError('bad-input', 'No definition is open.', 'Open a state machine definition first.');
  graphs.show(document);
}
