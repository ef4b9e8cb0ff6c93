import type { RunningExecution, StartExecutionOptions } from './execution.ts';
import type { Execution } from './frame.ts';
import type { JsonObject } from './json.ts';
import { Pace } from './pace.ts';
import { Payloads } from './payload.ts';
import { Recorder, toHistory } from './recorder.ts';
import { queryLanguageOf, runExecution } from './runExecution.ts';
import { runStates } from './runStates.ts';
import { StopGroup } from './stopGroup.ts';

/**
 * Starts a run of a state machine; it goes on by itself in microtasks and through the ports. Payloads over 256 KiB fail
 * as `States.DataLimitExceeded`, more than 25,000 events of a STANDARD run as `States.Runtime`.
 */
export function startExecution(options: StartExecutionOptions): RunningExecution {
  const group = new StopGroup();
  let reason: { readonly error?: string; readonly cause?: string } = {};
  const abort = (error?: string, cause?: string): void => {
    if (group.isStopped) return;
    reason = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
    group.stop();
  };
  const stop = (): void => abort();
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  const execution = newExecution(options, startContext(options));
  const running = runExecution(execution, options.definition, options.input, {
    stop: group,
    stopReason: () => reason,
    iteration: [],
    ...(options.resume && { resume: options.resume }),
  });
  const { signal } = options;
  const result = signal ? running.finally(() => signal.removeEventListener('abort', stop)) : running;
  return { result, abort };
}

/** The fixed part of an execution. */
export function newExecution(options: StartExecutionOptions, context: () => JsonObject): Execution {
  const { executionArn } = options.identity;
  const sink = options.onRecorded ?? (options.onEvent && toHistory(options.onEvent));
  let made: JsonObject | undefined;
  return {
    options,
    sink,
    ports: options.ports,
    recorder: new Recorder({
      clock: options.ports.clock,
      executionArn,
      sink,
      isLimited: options.type === 'STANDARD',
      lastEventId: options.resume?.lastEventId,
    }),
    payloads: new Payloads(),
    pace: new Pace(options.ports.clock),
    context: () => (made ??= context()),
    executionArn,
    type: options.type,
    queryLanguage: queryLanguageOf(options.definition),
    runStates,
  };
}

function startContext(options: StartExecutionOptions): () => JsonObject {
  const { identity, resume } = options;
  const now = options.ports.clock.now();
  return () => ({
    Execution: {
      Id: identity.executionArn,
      Input: options.input,
      Name: identity.executionName,
      RoleArn: identity.roleArn,
      StartTime: new Date(resume?.startedAt ?? now).toISOString(),
      RedriveCount: resume?.redriveCount ?? 0,
      ...(resume && { RedriveTime: new Date(now).toISOString() }),
    },
    StateMachine: { Id: identity.stateMachineArn, Name: identity.stateMachineName },
  });
}
