import type { Uri } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { showWarning } from '../prompts/notify.ts';
import type { LocalDeploy } from './deployToLocalAccount.ts';

/** A problem of the file that is about to run is an error; of others a warning, since what runs may not need them. */
export function reportProblems({ problems }: LocalDeploy, file: Uri): void {
  const own = problems.find(({ uri }) => uri.toString() === file.toString());
  if (own) {
    const name = file.path.split('/').at(-1) ?? '';
    throw new UserError('bad-input', `${name} was not deployed: ${own.message}`, '', {
      file: own.uri.fsPath,
      line: own.line,
    });
  }
  const [first] = problems;
  if (!first) return;
  const name = first.uri.path.split('/').at(-1) ?? '';
  const others = problems.length > 1 ? ` ${problems.length - 1} more files have problems.` : '';
  void showWarning(`${name} was not deployed (line ${first.line}): ${first.message}${others}`);
}
