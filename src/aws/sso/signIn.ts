import { createHash, randomBytes } from 'node:crypto';
import type { SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import type { Clock } from '../../core/base/clock.ts';
import { UserError, isAbort } from '../../core/base/userError.ts';
import { orAbort, linkSignals } from '../calls/abort.ts';
import { readFailure } from '../calls/failure.ts';
import { loadSharedConfig } from '../profiles/sharedConfig.ts';
import type { OidcSettings } from '../sdk/oidc.ts';
import { pollForToken } from './deviceCode.ts';
import { listenForCode } from './loopback.ts';
import { ssoSessionOf, type SsoSession } from './session.ts';
import { writeToken, type SsoToken } from './tokenCache.ts';

export interface DeviceCode {
  /** What the user compares with the page, for instance `ABCD-EFGH`. */
  readonly userCode: string;
  /** The page with the code filled in. */
  readonly address: string;
}

export interface SignInOptions {
  readonly profile: string;
  /**
   * Whether a browser on the user's machine reaches 127.0.0.1 of this one. Where it does not (web, Codespaces, SSH
   * without forwarding), a code is shown instead.
   */
  readonly canRedirect: boolean;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly openBrowser: (address: string) => Promise<void>;
  /** Shows the code and opens the page; it resolves once shown. */
  readonly showCode: (code: DeviceCode) => Promise<void>;
}

const defaultScope = 'sso:account:access';
const waitForUserMs = 10 * 60_000;

/**
 * Signs in through IAM Identity Center and writes the token where the `aws` CLI and the SDKs find it: the authorization
 * code flow with PKCE, or a device code. Profiles of the older kind, without an `sso-session`, use the device code, as
 * the CLI does. Rejects with UserError; an abort leaves nothing behind.
 * @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html
 */
export async function signIn(options: SignInOptions, signal: AbortSignal): Promise<void> {
  const session = ssoSessionOf(options.profile, await loadSharedConfig());
  const { oidcClient } = await import('../sdk/oidc.ts');
  const endpoint = options.environment['AWS_ENDPOINT_URL_SSO_OIDC'];
  const settings: OidcSettings = {
    region: session.region,
    requestHandler: { connectionTimeout: 6_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    ...(endpoint ? { endpoint } : {}),
  };
  const client = oidcClient(settings);
  const link = linkSignals(signal);
  const timer = new AbortController();
  options.clock.sleep(waitForUserMs, timer.signal).then(
    () => link.abort(new UserError('sso-expired', 'Not signed in: nobody answered in the browser.', 'Sign in again.')),
    () => undefined,
  );
  try {
    const useRedirect = options.canRedirect && session.name !== undefined;
    const flow = useRedirect ? withRedirect : withDeviceCode;
    await writeToken(session, await orAbort(flow({ options, session, settings, client }, link.signal), link.signal));
  } catch (error) {
    throw toSignInError(error, options.profile, session);
  } finally {
    timer.abort();
    link.release();
    client.destroy();
  }
}

interface Flow {
  readonly options: SignInOptions;
  readonly session: SsoSession;
  readonly settings: OidcSettings;
  readonly client: SSOOIDCClient;
}

async function withRedirect({ options, session, settings, client }: Flow, signal: AbortSignal): Promise<SsoToken> {
  const { oidcAddress, oidcCommands } = await import('../sdk/oidc.ts');
  const scopes = session.scopes.length > 0 ? [...session.scopes] : [defaultScope];
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const registration = await client.send(
    new oidcCommands.RegisterClient({
      clientName: `Sluice for VS Code (${session.name ?? 'sso'})`,
      clientType: 'public',
      grantTypes: ['authorization_code', 'refresh_token'],
      // Any port is accepted for a loopback address.
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: session.startUrl,
      scopes,
    }),
    { abortSignal: signal },
  );
  const loopback = await listenForCode(state);
  try {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: registration.clientId ?? '',
      redirect_uri: loopback.redirectUri,
      state,
      code_challenge_method: 'S256',
      scopes: scopes.join(' '),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    await options.openBrowser(`${oidcAddress(settings, client)}/authorize?${query.toString()}`);
    const code = await orAbort(loopback.code, signal);
    const answer = await client.send(
      new oidcCommands.CreateToken({
        ...clientOf(registration),
        grantType: 'authorization_code',
        code,
        codeVerifier: verifier,
        redirectUri: loopback.redirectUri,
      }),
      { abortSignal: signal },
    );
    return toToken(answer, registration, options.clock);
  } finally {
    loopback.close();
  }
}

async function withDeviceCode({ options, session, client }: Flow, signal: AbortSignal): Promise<SsoToken> {
  const { oidcCommands } = await import('../sdk/oidc.ts');
  const registration = await client.send(
    new oidcCommands.RegisterClient({
      clientName: `Sluice for VS Code (${session.name ?? 'sso'})`,
      clientType: 'public',
      ...(session.name === undefined
        ? {}
        : { scopes: session.scopes.length > 0 ? [...session.scopes] : [defaultScope] }),
    }),
    { abortSignal: signal },
  );
  const authorization = await client.send(
    new oidcCommands.StartDeviceAuthorization({ ...clientOf(registration), startUrl: session.startUrl }),
    { abortSignal: signal },
  );
  await options.showCode({
    userCode: authorization.userCode ?? '',
    address: authorization.verificationUriComplete ?? authorization.verificationUri ?? session.startUrl,
  });
  const answer = await pollForToken(
    async () =>
      await client.send(
        new oidcCommands.CreateToken({
          ...clientOf(registration),
          grantType: 'urn:ietf:params:oauth:grant-type:device_code',
          deviceCode: authorization.deviceCode,
        }),
        { abortSignal: signal },
      ),
    { clock: options.clock, intervalSeconds: authorization.interval ?? 5, signal },
  );
  return toToken(answer, registration, options.clock);
}

interface Registration {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly clientSecretExpiresAt?: number | undefined;
}

function clientOf({ clientId, clientSecret }: Registration): {
  clientId: string | undefined;
  clientSecret: string | undefined;
} {
  return { clientId, clientSecret };
}

function toToken(
  answer: {
    readonly accessToken?: string | undefined;
    readonly expiresIn?: number | undefined;
    readonly refreshToken?: string | undefined;
  },
  registration: Registration,
  clock: Clock,
): SsoToken {
  if (!answer.accessToken) throw new Error('The answer has no access token.');
  return {
    accessToken: answer.accessToken,
    expiresMs: clock.now() + (answer.expiresIn ?? 0) * 1000,
    clientId: registration.clientId ?? '',
    clientSecret: registration.clientSecret ?? '',
    registrationExpiresMs: (registration.clientSecretExpiresAt ?? 0) * 1000,
    ...(answer.refreshToken ? { refreshToken: answer.refreshToken } : {}),
  };
}

function toSignInError(thrown: unknown, profile: string, session: SsoSession): UserError {
  if (thrown instanceof UserError) return thrown;
  if (isAbort(thrown)) return new UserError('aborted', 'Cancelled.', '', { cause: thrown });
  const failure = readFailure(thrown);
  const details = { profile, region: session.region, cause: thrown };
  switch (failure.name) {
    case 'ExpiredTokenException':
      return new UserError(
        'sso-expired',
        'Not signed in: the code was not confirmed in time.',
        'Sign in again.',
        details,
      );
    case 'AccessDeniedException':
      return new UserError(
        'sso-expired',
        'Not signed in: the request was declined in the browser.',
        'Sign in again.',
        details,
      );
    case 'InvalidRequestException':
    case 'InvalidRequestRegionException':
    case 'InvalidClientMetadataException':
      return new UserError(
        'profile-invalid',
        `Profile "${profile}" cannot sign in: IAM Identity Center in ${session.region} does not accept its settings.`,
        'Check sso_start_url and sso_region in the AWS config file.',
        details,
      );
  }
  if (failure.kind === 'final') {
    return new UserError('sso-expired', `Not signed in: ${failure.name}.`, 'Sign in again.', details);
  }
  return new UserError(
    'network',
    `IAM Identity Center in ${session.region} cannot be reached.`,
    'Check sso_region, the network, VPN and proxy settings.',
    details,
  );
}
