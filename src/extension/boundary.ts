import type { Log } from '../core/base/log.ts';
import { isAbort, toUserError } from '../core/base/userError.ts';
import { nextSteps, type NextStep } from './nextSteps.ts';

/** How the boundary reaches the user. */
export interface BoundaryEffects {
  /** Shows an error with buttons; gives the title of the one that was pressed. */
  showError(message: string, buttons: readonly string[]): PromiseLike<string | undefined>;
  execute(command: string, ...args: readonly unknown[]): PromiseLike<unknown>;
  open(file: string, line: number | undefined): PromiseLike<unknown>;
  copy(text: string): PromiseLike<unknown>;
}

/**
 * Where errors of commands end: a cancelled one is silent, a foreseen one is shown with its next steps, any other is
 * logged with its stack as well. Never rejects; the result is undefined where the task failed.
 */
export class Boundary {
  constructor(
    private readonly log: Log,
    private readonly effects: BoundaryEffects,
  ) {}

  /** `name` is for the log. The task runs again when the user asks for that. */
  async run(name: string, task: () => unknown): Promise<unknown> {
    try {
      return await task();
    } catch (thrown) {
      if (isAbort(thrown)) return undefined;
      // Not awaited: a notification may stay for hours, and the command is over.
      void this.#report(name, thrown, task);
      return undefined;
    }
  }

  async #report(name: string, thrown: unknown, task: () => unknown): Promise<void> {
    const error = toUserError(thrown);
    if (error.code === 'unexpected') {
      this.log.error(new Error(`${name} failed`, { cause: thrown }));
    } else {
      this.log.warn(`${name}: ${error.code}: ${error.message}${requestNote(error.details.requestId)}`);
    }
    const steps = nextSteps(error);
    const message = [error.message, error.help].filter(Boolean).join(' ');
    try {
      const pressed = await this.effects.showError(
        message,
        steps.map(({ title }) => title),
      );
      const step = steps.find(({ title }) => title === pressed);
      if (step) await this.#take(step, name, task);
    } catch (failure) {
      this.log.error(new Error(`A next step of ${name} failed`, { cause: failure }));
    }
  }

  async #take(step: NextStep, name: string, task: () => unknown): Promise<void> {
    switch (step.kind) {
      case 'retry':
        await this.run(name, task);
        break;
      case 'command':
        await this.effects.execute(step.command, ...step.args);
        break;
      case 'open':
        await this.effects.open(step.file, step.line);
        break;
      case 'copy':
        await this.effects.copy(step.text);
        break;
    }
  }
}

function requestNote(requestId: string | undefined): string {
  return requestId === undefined ? '' : ` (request ${requestId})`;
}
