export interface StateErrorOptions {
  /** No Retry or Catch applies, as with `States.Runtime`. */
  readonly fatal?: boolean;
  /** AWS words the cause as "An error occurred while executing the state …", which the running state adds. */
  readonly inState?: boolean;
  /** Field whose JSONata failed, for the EvaluationFailed event: `Output/result`, `Choices[0]/Condition`. */
  readonly location?: string;
  /** Another name that ErrorEquals may use: `States.HeartbeatTimeout` of a `States.Timeout`. */
  readonly alias?: string;
  /** A task failed: `States.TaskFailed` matches it. */
  readonly isTask?: boolean;
  /** It left its state already: enclosing states pass it on as it is. */
  readonly isWorded?: boolean;
  /** It arose in the state that handles it, not in a state inside that one. */
  readonly isOwn?: boolean;
}

/** A failed state: the Error Name that Retry and Catch match, and the cause. Both may be missing. */
export class StateError extends Error {
  override readonly name = 'StateError';

  constructor(
    readonly error: string | undefined,
    override readonly cause: string | undefined,
    readonly options: StateErrorOptions = {},
  ) {
    super(cause ?? error ?? 'The state failed.');
  }
}

/** A mistake in a definition or its data that nothing can catch: `States.Runtime`. */
export function runtimeError(message: string): StateError {
  return new StateError('States.Runtime', message, { fatal: true, inState: true });
}

/** A JSONata expression gave nothing, the wrong type, or threw. `States.ALL` catches it. */
export function queryError(message: string, location?: string): StateError {
  return new StateError('States.QueryEvaluationError', message, {
    inState: true,
    ...(location !== undefined && { location }),
  });
}

/** The run was stopped, or a sibling branch failed: unwinds without touching Retry or Catch. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
