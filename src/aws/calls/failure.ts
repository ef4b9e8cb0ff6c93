import { isObject } from './foreign.ts';

/** What a failed attempt allows. */
export type FailureKind =
  /** AWS refused to look at the request for now; nothing was done. */
  | 'throttled'
  /** Worth another try: 5xx, a connection lost, an attempt that took too long. */
  | 'transient'
  /** The request never left: refused, no such host, no route, TLS. */
  | 'unreachable'
  /** Fresh credentials may help. */
  | 'credentials'
  /** Another try gives the same answer. */
  | 'final';

/** A failed attempt, read from whatever the SDK threw. */
export interface Failure {
  readonly kind: FailureKind;
  /** Whether AWS may have acted on the request although the answer is missing. */
  readonly isAmbiguous: boolean;
  /** The service's name for the error, for instance `EntityNotFoundException`. */
  readonly name: string;
  readonly message: string;
  /** Node's word for a failed connection, for instance `ECONNREFUSED`. */
  readonly networkCode?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  readonly thrown: unknown;
}

/** The endpoint's answer is none of AWS: a login page, a proxy's error page, another server. */
export class NotAwsAnswer extends Error {
  override readonly name = 'NotAwsAnswer';
  constructor(
    readonly status: number,
    readonly contentType: string,
  ) {
    super(`The answer is ${contentType || 'of no known type'} with status ${status}.`);
  }
}

/** An attempt that gave no answer in the time it had. */
export class AttemptTimeout extends Error {
  override readonly name = 'AttemptTimeout';
  constructor(readonly afterMs: number) {
    super(`No answer after ${Math.round(afterMs / 1000)} s.`);
  }
}

const throttling =
  /^(.*Throttl(ing|ed)(Exception)?|TooManyRequests(Exception)?|RequestLimitExceeded|SlowDown|BandwidthLimitExceeded|ProvisionedThroughputExceededException|PriorRequestNotComplete|TransactionInProgressException)$/;
const credentialNames =
  /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired|UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken|MissingAuthenticationToken(Exception)?|IncompleteSignature(Exception)?|SignatureDoesNotMatch|InvalidSignatureException|AuthFailure|RequestTimeTooSkewed|RequestInTheFuture|OptInRequired|NotAuthorized)$/;
/** The connection was never made, so nothing was sent. */
const unreachableCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ENOENT|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|UNABLE_TO_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|EPROTO)$/;

/** Reads what an attempt threw. Values that are no SDK failure come out as `final` with their own message. */
export function readFailure(thrown: unknown): Failure {
  if (thrown instanceof NotAwsAnswer) {
    return {
      // Proxies that cannot reach AWS answer 502 to 504; an emulator says 500 where it does not have the call.
      kind: thrown.status > 500 ? 'transient' : 'final',
      isAmbiguous: thrown.status >= 500,
      name: thrown.name,
      message: thrown.message,
      status: thrown.status,
      thrown,
    };
  }
  if (thrown instanceof AttemptTimeout) {
    return { kind: 'transient', isAmbiguous: true, name: thrown.name, message: thrown.message, thrown };
  }
  const fields = isObject(thrown) ? thrown : {};
  const metadata = isObject(fields.$metadata) ? fields.$metadata : {};
  const status = typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
  const networkCode = networkCodeOf(thrown);
  const name = typeof fields.name === 'string' ? fields.name : 'Error';
  const message = typeof fields.message === 'string' ? fields.message.trim() : String(thrown);
  const retryAfterMs = retryAfter(fields.$response);
  const facts = {
    name,
    message,
    thrown,
    ...(networkCode === undefined ? {} : { networkCode }),
    ...(status === undefined ? {} : { status }),
    ...(typeof metadata.requestId === 'string' ? { requestId: metadata.requestId } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  // S3 calls a wrong page token and a wrong session token alike; only 403 and 400 of S3 speak of credentials.
  if (status === 429 || throttling.test(name)) return { ...facts, kind: 'throttled', isAmbiguous: false };
  if (status !== undefined && status >= 500 && status !== 501)
    return { ...facts, kind: 'transient', isAmbiguous: true };
  if (isCredentialFailure(name, message)) return { ...facts, kind: 'credentials', isAmbiguous: false };
  if (status !== undefined && status >= 300) return { ...facts, kind: 'final', isAmbiguous: false };
  if (networkCode !== undefined && unreachableCodes.test(networkCode)) {
    return { ...facts, kind: 'unreachable', isAmbiguous: false };
  }
  if (isConnectTimeout(thrown)) return { ...facts, kind: 'unreachable', isAmbiguous: false };
  if (networkCode !== undefined || name === 'TimeoutError' || /socket hang up|aborted/.test(message)) {
    return { ...facts, kind: 'transient', isAmbiguous: true };
  }
  // An answer of status 2xx that cannot be read: the call may have been made.
  return { ...facts, kind: 'final', isAmbiguous: status !== undefined || name === 'SyntaxError' };
}

/** `InvalidToken` is S3's word for a bad session token and Step Functions' word for a bad page token. */
function isCredentialFailure(name: string, message: string): boolean {
  if (name === 'InvalidToken') return /provided token is malformed/i.test(message);
  return credentialNames.test(name);
}

function isConnectTimeout(thrown: unknown): boolean {
  return (
    thrown instanceof Error && thrown.name === 'TimeoutError' && /establish(ing)? a connection/.test(thrown.message)
  );
}

function networkCodeOf(thrown: unknown): string | undefined {
  for (let error: unknown = thrown, depth = 0; isObject(error) && depth < 5; error = error.cause, depth += 1) {
    const first: unknown = Array.isArray(error.errors) ? error.errors[0] : undefined;
    const code = isObject(first) && typeof first.code === 'string' ? first.code : error.code;
    if (typeof code === 'string' && /^(E[A-Z_]+|CERT_\w+|UNABLE_TO_\w+|(SELF|DEPTH)_\w+)$/.test(code)) return code;
  }
  return undefined;
}

function retryAfter(response: unknown): number | undefined {
  if (!isObject(response) || !isObject(response.headers)) return undefined;
  const seconds = Number(response.headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : undefined;
}
