import {
  ProcessExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  tasks,
  type TaskExecution,
  type WorkspaceFolder,
} from 'vscode';
import { DisposableStore } from '../../core/base/disposable.ts';
import { UserError } from '../../core/base/userError.ts';
import { identifyProcess } from '../../processes/processTree.ts';
import { handOver, type HandOver, type HandingOver, type ToolEnd } from '../../processes/tools/handOver.ts';
import { launcherVariables } from '../../processes/tools/startTool.ts';
import { interruptTask, launcherEnd, offerToEnd } from './stopTool.ts';

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

/** How a tool ended: by itself, or because the user wanted that, by Cancel, by Ctrl+C, or by closing its terminal. */
export type ToolTaskEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | {
      readonly kind: 'stopped';
      /** It came to an end of its own: it was killed otherwise, or nobody knows. */
      readonly isClean: boolean;
      readonly code?: number | undefined;
    };

const type = 'sluice-deploy';
let count = 0;

/**
 * Runs a tool as a task of the editor, with the credentials that it is given and no others. Aborting presses Ctrl+C in its
 * terminal: tools finish what they have begun, and what does not stop is ended where the user says so. Resolves when the tool
 * and its children are gone, also where its terminal went before. Rejects with UserError where the task cannot be started.
 */
export async function runToolTask(launcher: string, tool: ToolTask, signal?: AbortSignal): Promise<ToolTaskEnd> {
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
    return await new RunningTool(task, id, handing).end(signal);
  } finally {
    handing.dispose();
  }
}

/** How long the exit code may come after the news that the task is over. */
const graceMs = 500;

class RunningTool {
  readonly #parts = new DisposableStore();
  #execution: TaskExecution | undefined;
  /** Of the launcher. */
  #pid: number | undefined;
  #isInterrupted = false;
  #isOffered = false;

  constructor(
    private readonly task: Task,
    private readonly id: string,
    private readonly handing: HandingOver,
  ) {}

  async end(signal: AbortSignal | undefined): Promise<ToolTaskEnd> {
    const onAbort = (): void => void this.#interrupt(signal);
    signal?.addEventListener('abort', onAbort);
    this.#parts.add({ dispose: () => signal?.removeEventListener('abort', onAbort) });
    try {
      const code = await this.#exitCode(signal);
      const told = await this.#told(code === undefined);
      const ended = code ?? told?.code;
      const isStopped = this.#isInterrupted || (told ? told.isAsked : code === undefined);
      if (!isStopped && ended !== undefined) return { kind: 'exited', code: ended };
      return { kind: 'stopped', isClean: told ? !told.isForced : code !== undefined, code: ended };
    } finally {
      this.#parts.dispose();
    }
  }

  /** What the launcher tells, which goes on where its terminal was closed. */
  async #told(isClosed: boolean): Promise<ToolEnd | undefined> {
    const pid = isClosed ? this.#pid : undefined;
    const isThere = pid !== undefined && (await identifyProcess(pid)) !== undefined;
    if (isThere) void this.#offerToEnd(pid);
    return await launcherEnd(this.handing, isThere ? pid : undefined);
  }

  async #offerToEnd(pid: number): Promise<void> {
    if (this.#isOffered) return;
    this.#isOffered = true;
    await offerToEnd(this.task.name, pid);
  }

  /** Undefined where the terminal was closed before the tool ended. */
  async #exitCode(signal: AbortSignal | undefined): Promise<number | undefined> {
    const isIt = (other: Task): boolean => other.definition.type === type && other.definition['id'] === this.id;
    try {
      return await new Promise<number | undefined>((resolve, reject) => {
        this.#parts.add(
          tasks.onDidStartTaskProcess(({ execution, processId }) => {
            if (!isIt(execution.task)) return;
            this.#pid = processId;
            if (signal?.aborted === true) void this.#interrupt(signal);
          }),
        );
        this.#parts.add(
          tasks.onDidEndTaskProcess(({ execution, exitCode }) => isIt(execution.task) && resolve(exitCode)),
        );
        // A task that ends without a process ending had its terminal closed.
        this.#parts.add(
          tasks.onDidEndTask(({ execution }) => isIt(execution.task) && setTimeout(() => resolve(undefined), graceMs)),
        );
        tasks.executeTask(this.task).then((execution) => (this.#execution = execution), reject);
      });
    } catch (error) {
      throw new UserError('process-failed', `${this.task.name} could not be started as a task: ${String(error)}`, '', {
        cause: error,
      });
    }
  }

  async #interrupt(signal: AbortSignal | undefined): Promise<void> {
    // Before there is a process: once there is one.
    if (this.#pid === undefined || this.#isInterrupted || signal?.aborted !== true) return;
    this.#isInterrupted = true;
    const pid = this.#pid;
    if (!(await interruptTask(pid))) this.#execution?.terminate();
    await this.#offerToEnd(pid);
  }
}
