import { Range, Uri, window, workspace } from 'vscode';
import { findJsonProblem } from '../../core/language/jsonProblem.ts';
import type { App } from '../app.ts';
import { launchExecution, type StartParts } from '../starts/launchExecution.ts';

/** Starts the execution that an input editor was opened for. */
export async function startWithThisInput(app: StartParts & Pick<App, 'inputEditors'>, target?: unknown): Promise<void> {
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri?.toString());
  const start = document && app.inputEditors.get(document);
  if (!start) return;
  const input = document.getText();
  const problem = findJsonProblem(input);
  if (problem && input.trim() !== '') {
    const at = document.lineAt(Math.min(problem.line, document.lineCount) - 1).range;
    await window.showTextDocument(document, { selection: new Range(at.start, at.end) });
  }
  const { name } = start;
  await launchExecution(app, { target: start.target, input, ...(name === undefined ? {} : { name }) });
}
