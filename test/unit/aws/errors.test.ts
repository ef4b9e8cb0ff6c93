import { describe, expect, test } from 'vitest';
import { environmentConnection, profileConnection } from '../../../src/core/connections/connection.ts';
import { toCredentialsError } from '../../../src/aws/credentialErrors.ts';
import { failureOf, toAwsError, type CallContext } from '../../../src/aws/errors.ts';

const context: CallContext = {
  connection: profileConnection('dev', 'eu-west-1'),
  service: 'glue',
  operation: 'GetJobs',
  isKnownRegion: true,
};

/** An error as Node or the SDK throws it. */
function thrown(fields: Record<string, unknown>): Error {
  return Object.assign(new Error(typeof fields['message'] === 'string' ? fields['message'] : ''), fields);
}

const service = (name: string, message: string, httpStatusCode = 400): Error =>
  thrown({ name, message, $metadata: { httpStatusCode, requestId: 'req-7' } });

const told = (error: Error, more: Partial<CallContext> = {}): string => {
  const { code, message } = toAwsError(error, { ...context, ...more });
  return `${code}: ${message}`;
};

describe('the network', () => {
  const notFound = thrown({ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND glue.eu-wst-1.amazonaws.com' });

  test('an unknown region is told from no network', () => {
    const wrong = { connection: profileConnection('dev', 'eu-wst-1'), isKnownRegion: false };
    expect(told(notFound, wrong)).toBe(
      'endpoint-invalid: "eu-wst-1" is no AWS region that Sluice knows, and it cannot be reached.',
    );
    expect(told(notFound)).toBe('network: eu-west-1 cannot be reached.');
    expect(told(notFound, { endpoint: 'http://emulator:4566' })).toBe(
      'network: The endpoint http://emulator:4566 has a host name that does not exist.',
    );
  });

  test('a name that resolves to several refusing addresses is a refusal', () => {
    const refused = thrown({
      code: 'ECONNREFUSED',
      errors: [thrown({ code: 'ECONNREFUSED' }), thrown({ code: 'ECONNREFUSED' })],
    });
    expect(told(refused, { endpoint: 'http://localhost:4566' })).toBe(
      'network: The endpoint http://localhost:4566 refuses connections.',
    );
    expect(failureOf(toAwsError(refused, context))).toMatchObject({ isAmbiguous: false });
  });

  test('a certificate that nobody here trusts is named', () => {
    expect(
      told(thrown({ code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed certificate in certificate chain' })),
    ).toBe('network: The certificate of AWS Glue in eu-west-1 is not trusted (SELF_SIGNED_CERT_IN_CHAIN).');
  });

  test('what may have arrived is ambiguous, what never left is not', () => {
    const isAmbiguous = (error: Error): boolean | undefined => failureOf(toAwsError(error, context))?.isAmbiguous;
    expect(isAmbiguous(thrown({ code: 'ECONNRESET', message: 'socket hang up' }))).toBe(true);
    expect(isAmbiguous(service('InternalServiceException', 'x', 500))).toBe(true);
    expect(isAmbiguous(notFound)).toBe(false);
    expect(isAmbiguous(service('ThrottlingException', 'Rate exceeded'))).toBe(false);
    expect(isAmbiguous(service('InvalidInputException', 'x'))).toBe(false);
  });
});

describe("the service's own errors", () => {
  test.each([
    [service('EntityNotFoundException', 'Job x not found'), 'not-found: Cannot list Glue jobs: Job x not found.'],
    [
      service('ConcurrentRunsExceededException', 'Concurrent runs exceeded for orders'),
      'limit-exceeded: Cannot list Glue jobs: Concurrent runs exceeded for orders.',
    ],
    [service('InvalidInputException', 'Bad\n second line'), 'bad-input: Cannot list Glue jobs: Bad.'],
    [
      service('UnknownOperationException', ''),
      'not-supported: Cannot list Glue jobs: AWS Glue in eu-west-1 does not have GetJobs.',
    ],
    [
      service('NotImplemented', '', 501),
      'not-supported: Cannot list Glue jobs: AWS Glue in eu-west-1 does not have GetJobs.',
    ],
    [service('ConcurrentModificationException', 'Try later'), 'conflict: Cannot list Glue jobs: Try later.'],
    [
      service('UnrecognizedClientException', 'The security token included in the request is invalid.'),
      'credentials-missing: AWS does not accept the credentials of profile "dev" (UnrecognizedClientException).',
    ],
    [
      service('InvalidSignatureException', 'Signature expired: 20261120T073000Z is now earlier than …'),
      'credentials-expired: AWS rejects the requests of profile "dev": the clock of this machine is wrong.',
    ],
    [service('InvalidToken', "Invalid Token: 'abc'"), "bad-input: Cannot list Glue jobs: Invalid Token: 'abc'."],
  ])('%s', (error, expected) => {
    expect(told(error)).toBe(expected);
    expect(toAwsError(error, context).details).toMatchObject({
      profile: 'dev',
      region: 'eu-west-1',
      requestId: 'req-7',
    });
  });

  test('a denial that names another action than the call is believed', () => {
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Analyst_0123/ann@example.com is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/glue because no identity-based policy allows the iam:PassRole action';
    const error = toAwsError(service('AccessDeniedException', message), { ...context, operation: 'StartJobRun' });
    expect(error.message).toBe(
      'Profile "dev" may not start the Glue job (iam:PassRole denied for role AWSReservedSSO_Analyst_0123).',
    );
    expect(error.details).toMatchObject({
      iamAction: 'iam:PassRole',
      resourceArn: 'arn:aws:iam::123456789012:role/glue',
    });
    expect(error.help).toBe('Ask for a policy that allows iam:PassRole on arn:aws:iam::123456789012:role/glue.');
  });

  test('a HEAD request that is denied has no words; its action follows from the call', () => {
    const error = toAwsError(service('403', 'UnknownError', 403), {
      ...context,
      service: 's3',
      operation: 'HeadObject',
    });
    expect(error.details).toMatchObject({ iamAction: 's3:GetObject' });
  });
});

test.each([
  [
    new Error('Could not load credentials from any providers'),
    'credentials-missing',
    'No AWS credentials were found in the environment.',
  ],
  [
    thrown({
      name: 'CredentialsProviderError',
      message: "Token is expired. To refresh this SSO session run 'aws sso login'.",
    }),
    'sso-expired',
    'Sign-in of the environment has expired.',
  ],
])('credentials: %s', (error, code, message) => {
  expect(toCredentialsError(error, environmentConnection('eu-west-1'))).toMatchObject({ code, message });
});
