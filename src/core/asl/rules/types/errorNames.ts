/** The error names of the language itself, case-sensitive (developer guide, "Error names"). */
export const STATES_ERRORS: Readonly<Record<string, string>> = {
  'States.ALL':
    'Any error but States.DataLimitExceeded and States.Runtime. Stands alone, in the last retrier or catcher.',
  'States.BranchFailed': 'A branch of a Parallel failed.',
  'States.DataLimitExceeded': 'An input or output was larger than 256 KiB. States.ALL does not take it.',
  'States.ExceedToleratedFailureThreshold': 'More items of a distributed Map failed than are tolerated.',
  'States.HeartbeatTimeout': 'A task sent no heartbeat in time.',
  'States.Http.Socket': 'An HTTP task got no answer in 60 seconds.',
  'States.IntrinsicFailure': 'An intrinsic function failed.',
  'States.ItemReaderFailed': 'A distributed Map could not read its items.',
  'States.NoChoiceMatched': 'No rule of a Choice matched and it has no Default.',
  'States.ParameterPathFailure': 'A field ending in .$ found nothing at its path.',
  'States.Permissions': 'The role of the machine may not do what the task asks.',
  'States.QueryEvaluationError': 'A JSONata expression failed, or gave a value of the wrong type.',
  'States.ResultPathMatchFailure': 'ResultPath cannot be applied to the state input.',
  'States.ResultWriterFailed': 'A distributed Map could not write its results.',
  'States.Runtime': 'The execution could not go on, for instance because a path is missing. Nothing takes it.',
  'States.TaskFailed': 'A task failed. Takes every error of a task but States.Timeout.',
  'States.Timeout': 'A task ran longer than TimeoutSeconds or missed a heartbeat.',
};
