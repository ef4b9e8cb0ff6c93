import type { Uri } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { findJsonProblem } from '../../core/language/jsonProblem.ts';
import { readWorkspaceText } from '../workspace/workspaceFiles.ts';

/**
 * Input from a file, as an editor shows it where one does. Rejects with `bad-input` that names file and line, after the
 * words of what did not happen.
 */
export async function readInputFile(file: Uri, failed = 'Execution not started'): Promise<string> {
  const text = await readWorkspaceText(file);
  const name = file.path.split('/').at(-1) ?? '';
  if (text === undefined) {
    throw new UserError('not-found', `${failed}: ${name} cannot be read.`, '', { file: file.fsPath });
  }
  const problem = findJsonProblem(text);
  if (problem && text.trim() !== '') {
    const { line, message } = problem;
    const what = `${failed}: ${name} is not JSON (line ${line}: ${message}).`;
    throw new UserError('bad-input', what, '', { file: file.fsPath, line });
  }
  return text;
}
