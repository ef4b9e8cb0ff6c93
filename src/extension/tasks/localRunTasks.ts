import {
  CustomExecution,
  Task,
  tasks,
  Uri,
  workspace,
  type Pseudoterminal,
  type TaskDefinition,
  type TaskProvider,
  type WorkspaceFolder,
} from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { App } from '../app.ts';
import type { LocalRunParts } from '../localRuns/startLocalRun.ts';

export const taskType = 'sluice';

/** The entries of `sluice.localRuns` as tasks, and what tasks.json says of that type. */
export function registerLocalRunTasks(app: () => LocalRunParts & Pick<App, 'settings'>): Disposable {
  return tasks.registerTaskProvider(taskType, new LocalRunTasks(app));
}

class LocalRunTasks implements TaskProvider {
  constructor(private readonly app: () => LocalRunParts & Pick<App, 'settings'>) {}

  provideTasks(): Task[] {
    return (workspace.workspaceFolders ?? []).flatMap((folder) =>
      this.app()
        .settings.get('localRuns', folder.uri)
        .map(({ script, name }) =>
          this.#task(folder, { type: taskType, script, ...(name === undefined ? {} : { run: name }) }),
        ),
    );
  }

  resolveTask({ definition, scope }: Task): Task | undefined {
    const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
    return folder && typeof definition['script'] === 'string' ? this.#task(folder, definition) : undefined;
  }

  #task(folder: WorkspaceFolder, definition: TaskDefinition): Task {
    const { script, run } = definition as { readonly script?: unknown; readonly run?: unknown };
    const path = String(script);
    const variant = typeof run === 'string' ? run : undefined;
    const name = variant === undefined ? path : `${path} (${variant})`;
    const execution = new CustomExecution(async () => {
      const { LocalRunTerminal } = await import('./localRunTerminal.ts');
      const terminal: Pseudoterminal = new LocalRunTerminal(this.app(), Uri.joinPath(folder.uri, path), variant);
      return terminal;
    });
    return new Task(definition, folder, name, 'Sluice', execution);
  }
}
