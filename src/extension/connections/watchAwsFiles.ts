import { RelativePattern, Uri, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { awsFiles } from './awsFiles.ts';

/** One save, and one sign-in, write several files in a row. */
const settleMs = 500;

/**
 * Calls `onChange` after profiles, credentials or sign-ins of this machine changed: an edit of the files, `aws sso
 * login` in a terminal, a sign-in in another window.
 */
export function watchAwsFiles(
  environment: Readonly<Record<string, string | undefined>>,
  onChange: () => void,
): Disposable {
  const parts = new DisposableStore();
  let timer: NodeJS.Timeout | undefined;
  const touched = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs);
  };
  parts.add({ dispose: () => clearTimeout(timer) });
  for (const { folder, glob } of awsFiles(environment)) {
    const watcher = parts.add(workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), glob)));
    parts.add(watcher.onDidCreate(touched));
    parts.add(watcher.onDidChange(touched));
    parts.add(watcher.onDidDelete(touched));
  }
  return parts;
}
