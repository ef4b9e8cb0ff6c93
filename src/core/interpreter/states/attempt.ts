import type { InterpreterPorts, TaskRequest } from '../ports.ts';
import type { Json } from '../json.ts';
import { StateError, Stopped } from '../stateError.ts';
import { StopGroup } from '../stopGroup.ts';
import type { TaskLimits } from './limits.ts';

/**
 * Runs one attempt of a task against its time limits. Rejects with the port's rejection, with `States.Timeout` when a
 * limit passes, with `Stopped` when `outer` stops; in both latter cases the port's own signal is aborted first.
 */
export async function runAttempt(
  ports: InterpreterPorts,
  request: Omit<TaskRequest, 'signal' | 'heartbeat'>,
  limits: TaskLimits,
  outer: StopGroup,
): Promise<Json> {
  if (outer.isStopped) throw new Stopped('The task was stopped.');
  const control = new StopGroup();
  let beat = new StopGroup();
  return await new Promise<Json>((resolve, reject) => {
    const settle = (finish: () => void): void => {
      forget();
      finish();
      beat.stop();
      control.stop();
    };
    const stop = (): void => settle(() => reject(new Stopped('The task was stopped.')));
    const expire = (error: StateError): void => {
      if (!control.isStopped) settle(() => reject(error));
    };
    const wait = (seconds: number, until: StopGroup, alias?: string): void => {
      const { signal } = until;
      const passing = ports.deadline?.(seconds * 1000, signal) ?? ports.clock.sleep(seconds * 1000, signal);
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
      beat.stop();
      if (limits.heartbeatSeconds === undefined || control.isStopped) return;
      beat = new StopGroup();
      wait(limits.heartbeatSeconds, beat, 'States.HeartbeatTimeout');
    };
    const forget = outer.onStop(stop);
    if (limits.timeoutSeconds !== undefined) wait(limits.timeoutSeconds, control);
    heartbeat();
    const attempt: TaskRequest = {
      ...request,
      heartbeat,
      get signal() {
        return control.signal;
      },
    };
    Promise.resolve()
      .then(async () => await ports.tasks.run(attempt))
      .then(
        (output) => settle(() => resolve(output)),
        (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
  });
}
