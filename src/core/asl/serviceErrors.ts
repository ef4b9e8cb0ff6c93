/** Errors that Tasks of a service report, by the service's name in resource ARNs (the services' own API references). */
export const SERVICE_ERRORS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lambda: {
    'Lambda.ServiceException': 'The Lambda service failed. Passes by itself: retry.',
    'Lambda.AWSLambdaException': 'The Lambda service failed. Passes by itself: retry.',
    'Lambda.SdkClientException': 'The call did not reach the Lambda service, or the answer was lost: retry.',
    'Lambda.TooManyRequestsException': 'The function, or the account, runs as often as it may. Retry with a backoff.',
    'Lambda.ResourceNotFoundException': 'The function, version or alias does not exist.',
    'Lambda.Unknown': 'The function ended without an answer: out of memory, killed, or timed out.',
  },
  glue: {
    'Glue.ConcurrentRunsExceededException': 'As many runs of the job are under way as it allows. Retry with a backoff.',
    'Glue.EntityNotFoundException': 'The job does not exist.',
    'Glue.InternalServiceException': 'The Glue service failed. Passes by itself: retry.',
    'Glue.InvalidInputException': 'Glue refuses a parameter of the job run.',
    'Glue.OperationTimeoutException': 'The call took too long. Retry.',
    'Glue.ResourceNumberLimitExceededException': "The account's limit of Glue resources is reached.",
  },
};
