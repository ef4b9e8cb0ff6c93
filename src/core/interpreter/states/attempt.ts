import type { InterpreterPorts, TaskRequest } from '../ports.ts';
import type { Json } from '../json.ts';
import { StateError, Stopped } from '../stateError.ts';
import type { TaskLimits } from './limits.ts';

/**
 * Runs one attempt of a task against its time limits. Rejects with the port's rejection, with `States.Timeout` when a
 * limit passes, with `Stopped` when `signal` aborts; in both latter cases the port's own signal is aborted first.
 */
export async function runAttempt(
  ports: InterpreterPorts,
  request: Omit<TaskRequest, 'signal' | 'heartbeat'>,
  limits: TaskLimits,
  signal: AbortSignal,
): Promise<Json> {
  const control = new AbortController();
  let beat = new AbortController();
  return await new Promise<Json>((resolve, reject) => {
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', stop);
      finish();
      beat.abort();
      control.abort();
    };
    const stop = (): void => settle(() => reject(new Stopped('The task was stopped.')));
    const expire = (error: StateError): void => {
      if (!control.signal.aborted) settle(() => reject(error));
    };
    const wait = (seconds: number, until: AbortSignal, alias?: string): void => {
      const passing = ports.deadline?.(seconds * 1000, until) ?? ports.clock.sleep(seconds * 1000, until);
      const error = new StateError('States.Timeout', undefined, {
        isTask: true,
        ...(alias !== undefined && { alias }),
      });
      passing.then(
        () => expire(error),
        () => undefined,
      );
    };
    const heartbeat = (): void => {
      beat.abort();
      if (limits.heartbeatSeconds === undefined || control.signal.aborted) return;
      beat = new AbortController();
      wait(limits.heartbeatSeconds, beat.signal, 'States.HeartbeatTimeout');
    };
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    if (limits.timeoutSeconds !== undefined) wait(limits.timeoutSeconds, control.signal);
    heartbeat();
    Promise.resolve()
      .then(async () => await ports.tasks.run({ ...request, heartbeat, signal: control.signal }))
      .then(
        (output) => settle(() => resolve(output)),
        (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
  });
}
