import { workspace } from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Boundary } from '../boundary.ts';
import type { OnSaveParts } from './uploadOnSave.ts';

/** Uploads the scripts of the jobs that `sluice.uploadOnSave` names, one save after the other. */
export function registerUploadOnSave(app: () => OnSaveParts, boundary: Boundary): Disposable {
  let last = Promise.resolve<unknown>(undefined);
  return workspace.onDidSaveTextDocument((document) => {
    const chosen = app().settings.get('uploadOnSave');
    if (chosen.length === 0 || !workspace.isTrusted || !/\.(py|scala)$/.test(document.uri.path)) return;
    const task = async (): Promise<void> => {
      const { uploadOnSave } = await import('./uploadOnSave.ts');
      await uploadOnSave(app(), document, new Set(chosen));
    };
    last = last.then(async () => await boundary.run('Upload on Save', task));
  });
}
