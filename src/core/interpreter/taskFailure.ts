/**
 * What a task port rejects with when the task failed: `error` is the Error Name that Retry and Catch match, `cause` its
 * text. Either may be missing, as in SendTaskFailure. Anything else that a port throws fails the state as `States.TaskFailed`.
 */
export class TaskFailure extends Error {
  override readonly name: string = 'TaskFailure';

  constructor(
    readonly error?: string,
    override readonly cause?: string,
  ) {
    super(error ?? 'The task failed.');
  }
}

/** The task ran out of its time on the far side: recorded as a time-out, matched as `States.Timeout`. */
export class TaskTimeout extends TaskFailure {
  override readonly name = 'TaskTimeout';

  constructor(cause?: string) {
    super('States.Timeout', cause);
  }
}

/**
 * The task could not be handed to its service at all (no such activity, no such integration): the execution fails at
 * once as `States.Runtime`, after no TaskScheduled event.
 */
export class TaskUnavailable extends Error {
  override readonly name = 'TaskUnavailable';
}
