import type { ExecutionResult, ResumePoint } from './execution.ts';
import { objectField } from './fields.ts';
import type { Execution, Frame } from './frame.ts';
import type { Json, JsonObject } from './json.ts';
import { MAX_EXPRESS_SECONDS } from './limits.ts';
import { StateError, Stopped } from './stateError.ts';
import { StopGroup } from './stopGroup.ts';
import { closeFrame } from './states/lines.ts';

/** What stops an execution from outside. */
export interface ExecutionControl {
  readonly stop: StopGroup;
  /** Error and cause of StopExecution, if any. */
  stopReason(): { readonly error?: string; readonly cause?: string };
  readonly iteration: readonly number[];
  readonly resume?: ResumePoint;
}

/** Runs one execution from ExecutionStarted to its last event. Never rejects. */
export async function runExecution(
  execution: Execution,
  machine: JsonObject,
  input: Json,
  control: ExecutionControl,
): Promise<ExecutionResult> {
  const limit = timeLimit(execution, machine, control.stop);
  const frame: Frame = {
    execution,
    isInner: false,
    stop: limit?.stop ?? control.stop,
    previousEventId: 0,
    variables: {},
    iteration: control.iteration,
  };
  try {
    const output = await execution.runStates(machine, begin(frame, input, control.resume), frame);
    execution.recorder.recordLast(frame, 'ExecutionSucceeded', {
      details: {},
      output: execution.payloads.of(output),
    });
    return { status: 'SUCCEEDED', output };
  } catch (thrown) {
    return end(frame, thrown, limit?.hasPassed() ? 'TIMED_OUT' : control);
  } finally {
    limit?.close();
  }
}

/** Records that it starts or goes on, and gives the input of its first state. */
function begin(frame: Frame, input: Json, resume: ResumePoint | undefined): Json {
  const { recorder, options, payloads } = frame.execution;
  if (!resume) {
    const details = { roleArn: options.identity.roleArn };
    recorder.record(frame, 'ExecutionStarted', { details, input: payloads.of(input) });
    return input;
  }
  frame.previousEventId = resume.lastEventId;
  frame.resume = resume;
  recorder.record(frame, 'ExecutionRedriven', { details: { redriveCount: resume.redriveCount } });
  return resume.input;
}

function end(frame: Frame, thrown: unknown, why: ExecutionControl | 'TIMED_OUT'): ExecutionResult {
  const { recorder } = frame.execution;
  if (thrown instanceof Stopped || frame.stop.isStopped) {
    try {
      closeFrame(frame, frame, false);
    } catch {
      // The history is full: only its last event is still recorded.
    }
    if (why === 'TIMED_OUT') {
      recorder.recordLast(frame, 'ExecutionTimedOut');
      return { status: 'TIMED_OUT' };
    }
    const reason = why.stopReason();
    recorder.recordLast(frame, 'ExecutionAborted', { details: { ...reason } });
    return { status: 'ABORTED', ...reason };
  }
  const failure = problem(thrown);
  recorder.recordLast(frame, 'ExecutionFailed', { details: { ...failure } });
  return { status: 'FAILED', ...failure };
}

function problem(thrown: unknown): { error?: string; cause?: string } {
  if (!(thrown instanceof StateError)) {
    return { error: 'States.Runtime', cause: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  return {
    ...(thrown.error !== undefined && { error: thrown.error }),
    ...(thrown.cause !== undefined && { cause: thrown.cause }),
  };
}

interface TimeLimit {
  /** Stopped when the time is up, and from outside. */
  readonly stop: StopGroup;
  hasPassed(): boolean;
  close(): void;
}

/** The time that an execution may take; undefined where there is no limit. */
function timeLimit(execution: Execution, machine: JsonObject, outer: StopGroup): TimeLimit | undefined {
  const seconds = secondsAllowed(execution, machine);
  if (seconds === undefined) return undefined;
  const { ports } = execution;
  const limit = new StopGroup();
  const over = new AbortController();
  let hasPassed = false;
  const forget = outer.onStop(() => limit.stop());
  const passing = ports.deadline?.(seconds * 1000, over.signal) ?? ports.clock.sleep(seconds * 1000, over.signal);
  passing.then(
    () => {
      if (over.signal.aborted) return;
      hasPassed = true;
      limit.stop();
    },
    () => undefined,
  );
  return {
    stop: limit,
    hasPassed: () => hasPassed,
    close: () => {
      forget();
      over.abort();
    },
  };
}

function secondsAllowed(execution: Execution, machine: JsonObject): number | undefined {
  const own = machine['TimeoutSeconds'];
  const given = typeof own === 'number' && own > 0 ? own : undefined;
  if (execution.type === 'STANDARD') return given;
  return Math.min(given ?? MAX_EXPRESS_SECONDS, MAX_EXPRESS_SECONDS);
}

/** `QueryLanguage` that a machine or item processor sets for its states. */
export function queryLanguageOf(machine: JsonObject, around = 'JSONPath'): string {
  return typeof machine['QueryLanguage'] === 'string' ? machine['QueryLanguage'] : around;
}

/** `ExecutionType` of an item processor. */
export function childType(processor: JsonObject): 'STANDARD' | 'EXPRESS' {
  return objectField(processor, 'ProcessorConfig')?.['ExecutionType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
}
