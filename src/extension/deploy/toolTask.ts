import { ProcessExecution, Task, TaskPanelKind, TaskRevealKind, tasks, type WorkspaceFolder } from 'vscode';
import { DisposableStore } from '../../core/base/disposable.ts';
import { UserError } from '../../core/base/userError.ts';
import { handOver, type HandOver } from '../../processes/tools/handOver.ts';
import { launcherVariables } from '../../processes/tools/startTool.ts';

export interface ToolTask {
  /** `pulumi preview`. */
  readonly name: string;
  readonly folder: WorkspaceFolder;
  /** Absolute path of the project. */
  readonly cwd: string;
  /** Absolute path of the tool. */
  readonly program: string;
  readonly args: readonly string[];
  readonly given: HandOver;
  /** Whether the tool asks something that the user answers in its terminal. */
  readonly asks: boolean;
}

const type = 'sluice-deploy';
let count = 0;

/**
 * Runs a tool as a task of the editor, with the credentials that it is given and no others; the user ends it in its
 * terminal. Resolves with its exit code; undefined where its terminal was closed. Rejects with UserError where the task
 * cannot be started.
 */
export async function runToolTask(launcher: string, tool: ToolTask): Promise<number | undefined> {
  const handing = await handOver(tool.given);
  try {
    count += 1;
    const id = `${process.pid}-${count}`;
    const env = { [launcherVariables.address]: handing.address, [launcherVariables.asNode]: '1' };
    const { cwd, program, args, name, folder, asks } = tool;
    const execution = new ProcessExecution(process.execPath, [launcher, program, ...args], { cwd, env });
    const task = new Task({ type, id }, folder, name, 'Sluice', execution, []);
    task.presentationOptions = {
      reveal: TaskRevealKind.Always,
      focus: asks,
      panel: TaskPanelKind.Shared,
      showReuseMessage: false,
      clear: false,
    };
    return await exitCodeOf(task, id);
  } finally {
    handing.dispose();
  }
}

/** How long the exit code may come after the news that the task is over. */
const graceMs = 500;

async function exitCodeOf(task: Task, id: string): Promise<number | undefined> {
  const isIt = (other: Task): boolean => other.definition.type === type && other.definition['id'] === id;
  const parts = new DisposableStore();
  try {
    return await new Promise<number | undefined>((resolve, reject) => {
      parts.add(tasks.onDidEndTaskProcess(({ execution, exitCode }) => isIt(execution.task) && resolve(exitCode)));
      // A task that ends without a process ending had its terminal closed.
      parts.add(
        tasks.onDidEndTask(({ execution }) => isIt(execution.task) && setTimeout(() => resolve(undefined), graceMs)),
      );
      tasks.executeTask(task).then(undefined, reject);
    });
  } catch (error) {
    throw new UserError('process-failed', `${task.name} could not be started as a task: ${String(error)}`, '', {
      cause: error,
    });
  } finally {
    parts.dispose();
  }
}
