import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface State {
  /** How often a device code is still pending. */
  pending: number;
  /** Whether the user declines. */
  declines: boolean;
  /** Seconds that access tokens live. */
  tokenSeconds: number;
}

export interface FakeIdentityCenter {
  readonly endpoint: string;
  readonly state: State;
  readonly requests: readonly { readonly path: string; readonly body: Readonly<Record<string, unknown>> }[];
  /** What a browser does with the authorize page: signs in and is sent to the redirect address. */
  visit(address: string): Promise<Response>;
  close(): Promise<void>;
}

/** The OIDC service and the portal of an IAM Identity Center, as far as sign-in and credentials need them. */
export async function fakeIdentityCenter(): Promise<FakeIdentityCenter> {
  const requests: { path: string; body: Record<string, unknown> }[] = [];
  const state: State = { pending: 0, declines: false, tokenSeconds: 3600 };
  const codes = new Map<string, { challenge: string; redirect: string }>();
  let issued = 0;
  const tokens = (): object => {
    issued += 1;
    return {
      accessToken: `access-${issued}`,
      refreshToken: `refresh-${issued}`,
      expiresIn: state.tokenSeconds,
      tokenType: 'Bearer',
    };
  };
  const fail = (error: string): { status: number; body: object } => ({
    status: 400,
    body: { error, error_description: error },
  });

  function answer(path: string, body: Record<string, unknown>, headers: NodeJS.Dict<string | string[]>) {
    switch (path) {
      case '/client/register':
        return {
          status: 200,
          body: { clientId: 'client', clientSecret: 'client-secret', clientSecretExpiresAt: 4_000_000_000 },
        };
      case '/device_authorization':
        return {
          status: 200,
          body: {
            deviceCode: 'device',
            userCode: 'ABCD-EFGH',
            verificationUri: 'https://device.example/',
            verificationUriComplete: 'https://device.example/?user_code=ABCD-EFGH',
            expiresIn: 600,
            interval: 1,
          },
        };
      case '/token': {
        if (body['grantType'] === 'refresh_token') return { status: 200, body: tokens() };
        if (body['grantType'] === 'authorization_code') {
          const known = codes.get(String(body['code']));
          codes.delete(String(body['code']));
          const challenge = createHash('sha256').update(String(body['codeVerifier'])).digest('base64url');
          return known?.challenge === challenge && known.redirect === body['redirectUri']
            ? { status: 200, body: tokens() }
            : fail('invalid_grant');
        }
        if (state.declines) return fail('access_denied');
        if (state.pending > 0) {
          state.pending -= 1;
          return fail(state.pending % 2 === 0 ? 'authorization_pending' : 'slow_down');
        }
        return { status: 200, body: tokens() };
      }
      case '/federation/credentials':
        return headers['x-amz-sso_bearer_token'] === `access-${issued}`
          ? {
              status: 200,
              body: {
                roleCredentials: {
                  accessKeyId: 'ASIASSO',
                  secretAccessKey: 'sso-secret',
                  sessionToken: 'sso-session-token',
                  expiration: Date.now() + 3_600_000,
                },
              },
            }
          : { status: 401, body: { __type: 'UnauthorizedException', message: 'Session token not found or invalid' } };
      default:
        return { status: 404, body: {} };
    }
  }

  const names: Record<string, string> = {
    invalid_grant: 'InvalidGrantException',
    access_denied: 'AccessDeniedException',
    authorization_pending: 'AuthorizationPendingException',
    slow_down: 'SlowDownException',
  };
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (url.pathname === '/authorize') {
        const redirect = url.searchParams.get('redirect_uri') ?? '';
        const back = new URL(redirect);
        back.searchParams.set('state', url.searchParams.get('state') ?? '');
        if (state.declines) back.searchParams.set('error', 'access_denied');
        else {
          codes.set('the-code', { challenge: url.searchParams.get('code_challenge') ?? '', redirect });
          back.searchParams.set('code', 'the-code');
        }
        response.writeHead(302, { location: back.href }).end();
        return;
      }
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>;
      requests.push({ path: url.pathname, body });
      const { status, body: answered } = answer(url.pathname, body, request.headers);
      const error = 'error' in answered ? String(answered.error) : undefined;
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(error ? { 'x-amzn-errortype': names[error] ?? error } : {}),
      });
      response.end(JSON.stringify(answered));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    requests,
    visit: async (address) => await fetch(address),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
