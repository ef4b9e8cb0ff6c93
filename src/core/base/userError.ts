/** What went wrong, as a word that code may branch on. */
export type UserErrorCode =
  | 'access-denied'
  | 'aborted'
  | 'ambiguous-start'
  | 'bad-input'
  | 'conflict'
  | 'credentials-expired'
  | 'credentials-missing'
  | 'deployed-changed'
  | 'endpoint-invalid'
  | 'limit-exceeded'
  | 'mfa-refused'
  | 'network'
  | 'not-found'
  | 'not-supported'
  | 'process-failed'
  | 'profile-invalid'
  | 'program-missing'
  | 'sso-expired'
  | 'state-corrupt'
  | 'throttled'
  | 'unexpected'
  | 'untrusted-workspace';

/** Facts that let a surface offer the right next step (Sign In, Copy Policy Statement, Go to Line). */
export interface UserErrorFacts {
  /** Profile that the failing call used. */
  readonly profile?: string;
  readonly region?: string;
  /** IAM action that was denied, for instance `glue:GetJobs`. */
  readonly iamAction?: string;
  /** Resource ARN that the denial named, where it did. */
  readonly resourceArn?: string;
  /** AWS request id, for a support case. */
  readonly requestId?: string;
  /** Absolute path of the file at fault. */
  readonly file?: string;
  /** Line at fault, counted from 1. */
  readonly line?: number;
}

/**
 * A failure that was foreseen: `message` says in one sentence what failed and why, in the user's terms,
 * `help` what to do next. Everything else that is thrown is a bug.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    readonly code: UserErrorCode,
    message: string,
    readonly help = '',
    readonly details: UserErrorFacts & { readonly cause?: unknown } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
  }
}

/** Any thrown value as a UserError; an unforeseen one keeps its message and becomes `unexpected`. */
export function toUserError(thrown: unknown): UserError {
  if (thrown instanceof UserError) return thrown;
  if (isAbort(thrown)) return new UserError('aborted', 'Cancelled.', '', { cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new UserError('unexpected', message || 'Something unexpected happened.', 'The Sluice log has the details.', {
    cause: thrown,
  });
}

/** Whether a thrown value only says that somebody cancelled. */
export function isAbort(thrown: unknown): boolean {
  if (thrown instanceof UserError) return thrown.code === 'aborted';
  return thrown instanceof Error && (thrown.name === 'AbortError' || thrown.name === 'Canceled');
}
