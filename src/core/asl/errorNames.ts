/** Error names that Step Functions reserves, after the developer guide's page on handling errors. */
export const ERROR_NAMES: Readonly<Record<string, string>> = {
  'States.ALL': 'Any error, except States.DataLimitExceeded and States.Runtime. Stands alone, in the last entry.',
  'States.BranchFailed': 'A branch of a Parallel state failed.',
  'States.DataLimitExceeded': 'A payload is larger than 256 KiB. States.ALL does not take it.',
  'States.ExceedToleratedFailureThreshold': 'More items of a Map failed than it tolerates.',
  'States.HeartbeatTimeout': 'No heartbeat came within HeartbeatSeconds.',
  'States.Http.Socket': 'An HTTP task timed out after 60 seconds.',
  'States.IntrinsicFailure': 'An intrinsic function failed in a payload template.',
  'States.ItemReaderFailed': 'A Map could not read its items.',
  'States.NoChoiceMatched': 'No rule of a Choice state matched, and it has no Default.',
  'States.ParameterPathFailure': 'A path in a payload template selects nothing.',
  'States.Permissions': 'The execution role may not do what the task needs.',
  'States.QueryEvaluationError': 'A JSONata expression failed, or gave a value of the wrong kind.',
  'States.ResultPathMatchFailure': 'ResultPath cannot be applied to the input of the state.',
  'States.ResultWriterFailed': 'A Map could not write its results.',
  'States.Runtime':
    'The execution failed on something that cannot be handled. Not retried, and not taken by States.ALL.',
  'States.TaskFailed': 'A task failed, for any reason but a timeout.',
  'States.Timeout': 'A task ran longer than TimeoutSeconds, or missed its heartbeat.',
};
