/** A failure that the caller sees as an AWS exception: `code` is the exception's name, `status` the HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Further members of the exception's own shape. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Any thrown value as an exception; what was not foreseen is an InternalFailure, which SDKs retry. */
export function toAwsError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (isDiskError(thrown) && (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT')) {
    const message = 'The disk of the local account is full. Free some room, then try again.';
    return new AwsError('InternalFailure', message, 500);
  }
  if (isDiskError(thrown)) {
    return new AwsError(
      'InternalFailure',
      `The local account could not read or write its state: ${thrown.message}`,
      500,
    );
  }
  return new AwsError('InternalFailure', thrown instanceof Error ? thrown.message : String(thrown), 500);
}

function isDiskError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown;
}
