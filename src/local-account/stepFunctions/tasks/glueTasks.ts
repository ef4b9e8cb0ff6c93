import { TaskFailure, type Json, type TaskRequest } from '../../../core/interpreter/index.ts';
import { isMembers, type Members } from '../../http/input.ts';
import { isActive } from '../../glue/records.ts';
import { presentRun } from '../../glue/present.ts';
import type { Glue } from '../../glue/service.ts';
import type { Clock } from '../../../core/base/clock.ts';
import { toTaskResult } from './serviceCase.ts';
import { toTaskFailure } from './taskErrors.ts';

/** `glue:startJobRun`, alone or as `.sync`, which ends the job run when the state is stopped. */
export async function runGlueJob(
  { glue, clock }: { readonly glue: Glue; readonly clock: Clock },
  request: TaskRequest,
  isSync: boolean,
): Promise<Json> {
  const parameters: Members = isMembers(request.parameters) ? request.parameters : {};
  const started = await startRun(glue, parameters, request.signal);
  if (!isSync) return started;
  request.submitted(started);
  const runId = started.JobRunId;
  try {
    await untilRunEnded(glue, runId, request.signal);
  } catch (error) {
    const run = glue.state.runs.get(runId);
    if (run && isActive(run.state)) await glue.runs.stop(run).catch(() => undefined);
    throw error;
  }
  const run = glue.state.runs.get(runId);
  if (!run) throw new TaskFailure('States.TaskFailed', `Job run ${runId} is gone.`);
  // In results of tasks AWS writes times as milliseconds.
  const result = toTaskResult(presentRun(run, clock.now(), (ms) => ms));
  if (run.state === 'SUCCEEDED') return result;
  throw new TaskFailure('States.TaskFailed', JSON.stringify(result));
}

async function startRun(glue: Glue, parameters: Members, signal: AbortSignal) {
  try {
    const reply = await glue.service.invoke('StartJobRun', parameters, signal);
    const runId = 'JobRunId' in reply && typeof reply.JobRunId === 'string' ? reply.JobRunId : '';
    return { JobName: String(parameters['JobName']), JobRunId: runId };
  } catch (error) {
    throw toTaskFailure('Glue', error, false);
  }
}

async function untilRunEnded(glue: Glue, runId: string, signal: AbortSignal): Promise<void> {
  const isOver = (): boolean => {
    const run = glue.state.runs.get(runId);
    return !run || !isActive(run.state);
  };
  while (!isOver()) {
    signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        subscription.dispose();
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const subscription = glue.runs.onDidChange((changed) => {
        if (changed === runId) wake();
      });
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
