import { UserError, isAbort, toUserError } from '../core/base/userError.ts';
import type { Connection } from '../core/connections/connection.ts';
import { readFailure, type Failure } from './calls/failure.ts';
import { isObject } from './calls/foreign.ts';

/** AWS did not accept the credentials of a call. */
export function credentialsError(failure: Failure, connection: Connection): UserError {
  const details = {
    ...factsOf(connection),
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
    cause: failure.thrown,
  };
  const whose = whoseCredentials(connection);
  if (/Expired|TokenRefreshRequired/.test(failure.name) || /expired/i.test(failure.message)) {
    if (/^(RequestExpired|SignatureDoesNotMatch|InvalidSignatureException)$/.test(failure.name))
      return skewed(connection, details);
    return new UserError('credentials-expired', `${whose} have expired.`, 'Renew them, then try again.', details);
  }
  if (/RequestTimeTooSkewed|RequestInTheFuture/.test(failure.name)) return skewed(connection, details);
  return new UserError(
    'credentials-missing',
    `AWS does not accept ${lower(whose)} (${failure.name}).`,
    'Check the keys of the profile, or choose another profile.',
    details,
  );
}

/** What resolving the credentials of a connection threw: expired sign-ins, missing keys, a failed process, MFA. */
export function toCredentialsError(thrown: unknown, connection: Connection): UserError {
  if (thrown instanceof UserError) return thrown;
  if (isAbort(thrown)) return new UserError('aborted', 'Cancelled.', '', { cause: thrown });
  if (connection.kind === 'local') return toUserError(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const details = { ...factsOf(connection), cause: thrown };
  const whose = whoseCredentials(connection);
  if (isProcessFailure(message)) {
    // Without the cause: it holds the command line and what the program printed, secrets among them.
    return new UserError(
      'credentials-missing',
      `The credential_process of ${lower(subject(connection))} failed.`,
      'Run the command in a terminal to see why.',
      factsOf(connection),
    );
  }
  if (/\bSSO\b|sso session|aws sso login|sso_|Token is expired|Session token not found or invalid/i.test(message)) {
    if (
      /missing required property|could not be found|invalid.*(start url|region)|Profile is configured with invalid/i.test(
        message,
      )
    ) {
      return new UserError(
        'profile-invalid',
        `${subject(connection)} cannot be used: ${oneLine(message)}`,
        'Correct the AWS config file.',
        details,
      );
    }
    return new UserError(
      'sso-expired',
      `Sign-in of ${lower(subject(connection))} has expired.`,
      'Sign in again.',
      details,
    );
  }
  if (/aws login|login session|login_session/i.test(message)) {
    return new UserError(
      'credentials-expired',
      `Sign-in of ${lower(subject(connection))} has expired.`,
      'Run `aws login` for this profile, then try again.',
      details,
    );
  }
  if (/MultiFactorAuthentication failed|invalid MFA/i.test(message)) {
    return new UserError(
      'mfa-refused',
      `The MFA code for ${lower(subject(connection))} was not accepted.`,
      'Try again with a new code.',
      details,
    );
  }
  const failure = readFailure(thrown);
  if (isNamed(thrown, 'AccessDenied') || isNamed(thrown, 'AccessDeniedException')) {
    return new UserError(
      'access-denied',
      `${subject(connection)} may not assume its role (sts:AssumeRole denied).`,
      'Check the trust policy of the role, its external id and MFA.',
      { ...details, iamAction: 'sts:AssumeRole' },
    );
  }
  if (failure.kind === 'unreachable' || failure.kind === 'transient' || failure.kind === 'throttled') {
    return new UserError(
      failure.kind === 'throttled' ? 'throttled' : 'network',
      `${whose} cannot be fetched: ${oneLine(message)}`,
      'Check the network, VPN and proxy settings, then try again.',
      details,
    );
  }
  if (failure.kind === 'credentials') return credentialsError(failure, connection);
  if (/cycle/i.test(message)) {
    return new UserError(
      'profile-invalid',
      `${subject(connection)} cannot be used: its source profiles form a circle.`,
      'Correct source_profile in the AWS config file.',
      details,
    );
  }
  return connection.kind === 'profile'
    ? new UserError(
        'credentials-missing',
        `${subject(connection)} has no usable credentials.`,
        'Choose another profile, or add credentials to it.',
        details,
      )
    : new UserError(
        'credentials-missing',
        'No AWS credentials were found in the environment.',
        'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a profile.',
        details,
      );
}

function isProcessFailure(message: string): boolean {
  return /^Command failed:|credential_process|returned (invalid JSON|expired credentials)|did not return Version 1/i.test(
    message,
  );
}

function isNamed(thrown: unknown, name: string): boolean {
  return isObject(thrown) && (thrown.name === name || thrown.Code === name);
}

function skewed(connection: Connection, details: Readonly<Record<string, unknown>>): UserError {
  return new UserError(
    'credentials-expired',
    `AWS rejects the requests of ${lower(subject(connection))}: the clock of this machine is wrong.`,
    'Set the time of this machine, then try again.',
    details,
  );
}

function subject(connection: Connection): string {
  return connection.kind === 'profile'
    ? `Profile "${connection.profile}"`
    : connection.kind === 'local'
      ? 'The Local connection'
      : 'The environment';
}

function whoseCredentials(connection: Connection): string {
  return connection.kind === 'profile'
    ? `The credentials of profile "${connection.profile}"`
    : connection.kind === 'local'
      ? 'The credentials of the Local connection'
      : 'The credentials of the environment';
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function oneLine(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function factsOf(connection: Connection): { readonly region: string; readonly profile?: string } {
  return { region: connection.region, ...(connection.kind === 'profile' ? { profile: connection.profile } : {}) };
}
