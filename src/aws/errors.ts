import { UserError, isAbort, type UserErrorCode, type UserErrorFacts } from '../core/base/userError.ts';
import { connectionName, type Connection } from '../core/connections/connection.ts';
import { readFailure, type Failure } from './calls/failure.ts';
import { operationAction, operationWords } from './calls/operations.ts';
import { AttemptsEnded } from './calls/retry.ts';
import { services, type ServiceName } from './calls/service.ts';
import { credentialsError } from './credentialErrors.ts';

/** Which call failed. */
export interface CallContext {
  readonly connection: Connection;
  readonly service: ServiceName;
  readonly operation: string;
  /** The endpoint of one's own that was called, if any. */
  readonly endpoint?: string;
  /** Whether the SDK's table lists the connection's region. */
  readonly isKnownRegion: boolean;
}

/** What a call threw, in the user's words. Aborts become `aborted`; a UserError passes through. */
export function toAwsError(thrown: unknown, context: CallContext): UserError {
  if (thrown instanceof UserError) return thrown;
  if (isAbort(thrown)) return new UserError('aborted', 'Cancelled.', '', { cause: thrown });
  const ended = thrown instanceof AttemptsEnded ? thrown : toEnded(thrown);
  const failure = { ...ended.failure, thrown: ended };
  switch (failure.kind) {
    case 'throttled':
      return userError('throttled', failure, context, {
        message: `${services[context.service].title} is limiting requests of ${whereOf(context)}.`,
        help: 'Other tools may be using the same quota. Try again in a minute.',
      });
    case 'credentials':
      return credentialsError(failure, context.connection);
    case 'unreachable':
      return unreachable(failure, context);
    case 'transient':
      return transient(failure, context);
    case 'final':
      return final(failure, context);
  }
}

function toEnded(thrown: unknown): AttemptsEnded {
  const failure = readFailure(thrown);
  return new AttemptsEnded(failure, failure.isAmbiguous);
}

/** The failure of a call behind an error of this room, and whether AWS may have acted on the request all the same. */
export function failureOf(error: unknown): { readonly name: string; readonly isAmbiguous: boolean } | undefined {
  const ended = error instanceof UserError ? error.cause : undefined;
  if (!(ended instanceof AttemptsEnded)) return undefined;
  return { name: ended.failure.name, isAmbiguous: ended.wasAmbiguous };
}

/** How messages name whom the calls are made as. */
export function subjectOf(connection: Connection): string {
  switch (connection.kind) {
    case 'profile':
      return `Profile "${connection.profile}"`;
    case 'environment':
      return "The environment's identity";
    case 'local':
      return 'The Local connection';
  }
}

function unreachable(failure: Failure, context: CallContext): UserError {
  const { connection, endpoint, isKnownRegion } = context;
  const isNameUnknown = failure.networkCode === 'ENOTFOUND' || failure.networkCode === 'EAI_NODATA';
  if (/^(CERT|UNABLE_TO|DEPTH|SELF|ERR_TLS|ERR_SSL|EPROTO)/.test(failure.networkCode ?? '')) {
    return userError('network', failure, context, {
      message: `The certificate of ${whereOf(context)} is not trusted (${failure.networkCode ?? failure.message}).`,
      help: 'Behind a proxy that inspects traffic, install its certificate on this machine or set AWS_CA_BUNDLE.',
    });
  }
  if (endpoint === undefined && isNameUnknown && !isKnownRegion) {
    return userError('endpoint-invalid', failure, context, {
      message: `"${connection.region}" is no AWS region that Sluice knows, and it cannot be reached.`,
      help: 'Choose another region for this connection.',
    });
  }
  if (connection.kind === 'local') {
    return userError('network', failure, context, {
      message: 'The Local connection cannot be reached: its process on this machine does not answer.',
      help: 'Trying again starts it anew.',
    });
  }
  if (endpoint !== undefined) {
    const why =
      failure.networkCode === 'ECONNREFUSED'
        ? 'refuses connections'
        : isNameUnknown
          ? 'has a host name that does not exist'
          : 'cannot be reached';
    return userError('network', failure, context, {
      message: `The endpoint ${endpoint} ${why}.`,
      help: `Is it running? Profile and environment name it in endpoint_url, services or AWS_ENDPOINT_URL.`,
    });
  }
  return userError('network', failure, context, {
    message: `${connection.region} cannot be reached.`,
    help: 'Check the network, VPN and proxy settings.',
  });
}

function transient(failure: Failure, context: CallContext): UserError {
  const where = whereOf(context);
  if (failure.name === 'AttemptTimeout' || /TimeoutError|RequestTimeout/.test(failure.name)) {
    const message = failure.networkCode === 'ECONNRESET' ? lostWords(context) : undefined;
    return userError('network', failure, context, {
      message: message ?? `${where} gives no answer (${operationWords(context.service, context.operation)}).`,
      help: 'Check the network, VPN and proxy settings, then try again.',
    });
  }
  if (failure.status !== undefined) {
    return userError('network', failure, context, {
      message: `Cannot ${operationWords(context.service, context.operation)}: ${where} has a problem (status ${failure.status}).`,
      help: 'This is usually over soon. Try again.',
    });
  }
  return userError('network', failure, context, {
    message: lostWords(context),
    help: 'Check the network, VPN and proxy settings, then try again.',
  });
}

function final(failure: Failure, context: CallContext): UserError {
  const words = operationWords(context.service, context.operation);
  if (failure.name === 'NotAwsAnswer' || failure.name === 'SyntaxError' || isUnreadable(failure)) {
    const type = failure.name === 'NotAwsAnswer' ? failure.message : 'The answer cannot be read.';
    return userError('endpoint-invalid', failure, context, {
      message: `Cannot ${words}: ${whereOf(context)} does not answer as AWS does. ${type}`,
      help: 'A proxy or a login page may answer in its place, or the endpoint does not have this call.',
    });
  }
  if (isDenied(failure)) return accessDenied(failure, context);
  const code = codeOf(failure);
  if (code === 'not-supported') {
    return userError(code, failure, context, {
      message: `Cannot ${words}: ${whereOf(context)} does not have ${context.operation}.`,
      help: 'The rest of the connection goes on working.',
    });
  }
  return userError(code, failure, context, {
    message: `Cannot ${words}: ${sentence(failure.message || failure.name)}`,
    help: help(code),
  });
}

/** The service's own names for what a user can act on; everything else is `unexpected`. */
const codes: readonly (readonly [RegExp, UserErrorCode])[] = [
  [
    /^(UnknownOperation.*|NotImplemented.*|UnsupportedOperation.*|InvalidAction|StateMachineTypeNotSupported)$/,
    'not-supported',
  ],
  [/(NotFound(Exception)?|DoesNotExist|NoSuch\w+)$/, 'not-found'],
  [
    /(AlreadyExists(Exception)?|^Conflict\w*|ConcurrentModification\w*|IdempotentParameterMismatch\w*|BucketAlready\w+|StateMachineDeleting)$/,
    'conflict',
  ],
  [/(LimitExceeded(Exception)?|ConcurrentRunsExceeded\w*|QuotaExceeded\w*|EntityTooLarge)$/, 'limit-exceeded'],
  [
    /^(Invalid\w+|Validation\w*|IllegalWorkflowState\w*|IllegalSession\w*|MissingRequiredParameter\w*|ExecutionNotRedrivable|NoScheduleException)$/,
    'bad-input',
  ],
];

function codeOf(failure: Failure): UserErrorCode {
  const named = codes.find(([name]) => name.test(failure.name))?.[1];
  if (named) return named;
  switch (failure.status) {
    case 404:
      return 'not-found';
    case 405:
    case 501:
      return 'not-supported';
    case 409:
      return 'conflict';
    case 400:
      return 'bad-input';
    default:
      return 'unexpected';
  }
}

function help(code: UserErrorCode): string {
  switch (code) {
    case 'not-found':
      return 'It may have been deleted or belong to another region. Refresh.';
    case 'conflict':
      return 'Refresh to see what is there now.';
    case 'limit-exceeded':
      return 'Wait until other runs have ended, or raise the quota.';
    default:
      return '';
  }
}

function isUnreadable(failure: Failure): boolean {
  return /Deserialization error|is not valid JSON|Unexpected token/.test(failure.message);
}

function isDenied(failure: Failure): boolean {
  if (/^(AccessDenied(Exception)?|UnauthorizedOperation|Forbidden|KmsAccessDeniedException)$/.test(failure.name))
    return true;
  return failure.status === 403 || failure.status === 401;
}

/**
 * AWS writes "User: arn:… is not authorized to perform: glue:GetJobs on resource: arn:… because …"; where it does not,
 * the action follows from the call.
 */
function accessDenied(failure: Failure, context: CallContext): UserError {
  const { service, operation, connection } = context;
  const action = /perform:? ([a-z0-9-]+:[A-Za-z*]+)/.exec(failure.message)?.[1] ?? operationAction(service, operation);
  const resource = /on (?:the )?resource:? (arn:[^\s,]+|\*)/.exec(failure.message)?.[1]?.replace(/[.,;]+$/, '');
  const principal = principalOf(failure.message);
  const isDeniedExplicitly = /explicit deny/.test(failure.message);
  return userError('access-denied', failure, context, {
    message: `${subjectOf(connection)} may not ${operationWords(service, operation)} (${action} denied${principal ? ` for ${principal}` : ''}).`,
    help: isDeniedExplicitly
      ? 'A policy denies this explicitly; an administrator has to change that policy.'
      : `Ask for a policy that allows ${action}${resource && resource !== '*' ? ` on ${resource}` : ''}.`,
    facts: { iamAction: action, ...(resource && resource !== '*' ? { resourceArn: resource } : {}) },
  });
}

function principalOf(message: string): string | undefined {
  const arn = /User: (arn:\S+)/.exec(message)?.[1];
  const role = arn && /:assumed-role\/([^/]+)/.exec(arn)?.[1];
  if (role) return `role ${role}`;
  const user = arn && /:user\/(\S+)/.exec(arn)?.[1];
  return user ? `user ${user}` : undefined;
}

function lostWords(context: CallContext): string {
  return context.connection.kind === 'local'
    ? 'The Local connection was interrupted.'
    : `The connection to ${whereOf(context)} was lost.`;
}

/** Where the call went, as messages name it. */
function whereOf({ connection, endpoint, service }: CallContext): string {
  if (connection.kind === 'local') return 'the Local connection';
  return endpoint === undefined ? `${services[service].title} in ${connection.region}` : `the endpoint ${endpoint}`;
}

function sentence(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function userError(
  code: UserErrorCode,
  failure: Failure,
  { connection }: CallContext,
  words: { readonly message: string; readonly help: string; readonly facts?: UserErrorFacts },
): UserError {
  const { message, help } = words;
  return new UserError(code, message.replace(/^the /, 'The '), help, {
    region: connection.region,
    ...(connection.kind === 'profile' ? { profile: connectionName(connection) } : {}),
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
    ...words.facts,
    cause: failure.thrown,
  });
}
