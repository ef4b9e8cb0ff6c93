import { join } from 'node:path';
import { commands, window, workspace, type ExtensionContext } from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable.ts';
import { systemClock } from '../processes/systemClock.ts';
import type { App } from './app.ts';
import { Boundary } from './boundary.ts';
import { boundaryEffects } from './boundaryEffects.ts';
import { registerCommands } from './commands.ts';
import { ContextKeys } from './contextKeys.ts';
import { JsonFileStore } from './jsonFileStore.ts';
import { LanguageFeatures } from './languageClient/languageFeatures.ts';
import { toLog } from './log.ts';
import { sayLanguageServerGaveUp, sayLanguageServerRestarted } from './prompts/languageServerEnded.ts';
import { showWarning } from './prompts/notify.ts';
import { Settings } from './settings.ts';
import { globalState, TypedMemento, workspaceState } from './state.ts';

/** Makes every part and wires them; disposing the result ends them all. The only place that constructs. */
export function compose(context: ExtensionContext): Disposable {
  const parts = new DisposableStore();
  const channel = parts.add(window.createOutputChannel('Sluice', { log: true }));
  const log = toLog(channel);
  const boundary = new Boundary(log, boundaryEffects);
  const onSetAside = (path: string): void => {
    log.warn(`Set aside a state file that is not JSON: ${path}`);
    void showWarning(`A state file of Sluice was damaged and has been set aside as ${path}.`);
  };

  const app: App = {
    log,
    showLog: () => channel.show(),
    settings: new Settings(workspace),
    languageFeatures: parts.add(
      new LanguageFeatures({
        serverModule: context.asAbsolutePath('dist/languageServer.js'),
        channel,
        log,
        now: () => systemClock.now(),
        onRestarted: sayLanguageServerRestarted,
        onGaveUp: () => void sayLanguageServerGaveUp(),
      }),
    ),
    contextKeys: new ContextKeys(commands.executeCommand),
    state: {
      workspace: new TypedMemento(context.workspaceState, workspaceState),
      global: new TypedMemento(context.globalState, globalState),
    },
    files: new JsonFileStore(join(context.globalStorageUri.fsPath, 'state'), onSetAside),
  };

  parts.add(registerCommands(commands, app, boundary));
  return parts;
}
