import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signIn, type SignInOptions } from '../../../src/aws/sso/signIn.ts';
import { profileConnection } from '../../../src/core/connections/connection.ts';
import { systemClock } from '../../../src/processes/systemClock.ts';
import { accountAt, collectedLog } from '../../support/awsAccount.ts';
import { awsHome, type AwsHome } from '../../support/awsHome.ts';
import { fakeIdentityCenter, type FakeIdentityCenter } from '../../support/fakeIdentityCenter.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { rejection } from '../../support/rejection.ts';
import { scriptedAws, type ScriptedAws } from '../../support/scriptedAws.ts';

let home: AwsHome;
let center: FakeIdentityCenter;
let glue: ScriptedAws;
beforeEach(async () => {
  home = awsHome();
  center = await fakeIdentityCenter();
  glue = await scriptedAws(() => ({ json: { Jobs: [] } }));
  process.env['AWS_ENDPOINT_URL_SSO_OIDC'] = center.endpoint;
  process.env['AWS_ENDPOINT_URL_SSO'] = center.endpoint;
  process.env['AWS_ENDPOINT_URL_GLUE'] = glue.endpoint;
  home.write({
    config: `[profile dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Analyst
[profile old]
sso_start_url = https://old.example/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = Analyst
[profile keys]
aws_access_key_id = a
aws_secret_access_key = b
[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access
`,
  });
});
afterEach(async () => {
  await Promise.all([center.close(), glue.close()]);
  home.dispose();
});

const cacheFolder = (): string => join(home.folder, '.aws', 'sso', 'cache');
const tokenPath = (key: string): string => join(cacheFolder(), `${createHash('sha1').update(key).digest('hex')}.json`);

function options(more: Partial<SignInOptions> = {}): SignInOptions {
  return {
    profile: 'dev',
    canRedirect: true,
    clock: systemClock,
    environment: process.env,
    openBrowser: async (address) => {
      await center.visit(address);
    },
    showCode: async () => await Promise.reject(new Error('No code was to be shown.')),
    ...more,
  };
}

const never = new AbortController().signal;

async function listJobs(log = collectedLog()): Promise<readonly string[]> {
  const account = accountAt('unused', {
    connection: profileConnection('dev', 'eu-west-1'),
    environment: process.env,
    log,
  });
  for await (const page of account.glue.listJobs()) expect(page).toEqual([]);
  account.dispose();
  return log.lines;
}

test('signing in through the browser leaves a token that the CLI and the SDK read', async () => {
  await signIn(options(), never);
  const token = JSON.parse(readFileSync(tokenPath('corp'), 'utf8')) as Record<string, string>;
  expect(token).toEqual({
    startUrl: 'https://corp.example/start',
    region: 'eu-central-1',
    accessToken: 'access-1',
    expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    clientId: 'client',
    clientSecret: 'client-secret',
    registrationExpiresAt: '2096-10-02T07:06:40Z',
    refreshToken: 'refresh-1',
  });
  expect(statSync(tokenPath('corp')).mode & 0o777).toBe(0o600);
  expect(readdirSync(cacheFolder())).toHaveLength(1);
  const log = await listJobs();
  expect(glue.requests[0]?.headers.authorization).toContain('Credential=ASIASSO/');
  expect(log.join('\n')).not.toMatch(/sso-secret|access-1|refresh-1|client-secret|sso-session-token/);
  expect(center.requests[0]).toMatchObject({
    path: '/client/register',
    body: {
      clientType: 'public',
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: 'https://corp.example/start',
      scopes: ['sso:account:access'],
    },
  });
});

test('an expired token is renewed with its refresh token, without the user', async () => {
  center.state.tokenSeconds = 1;
  await signIn(options(), never);
  center.state.tokenSeconds = 3600;
  await listJobs();
  expect(JSON.parse(readFileSync(tokenPath('corp'), 'utf8'))).toMatchObject({ accessToken: 'access-2' });
});

test('an account goes on by itself after the sign-in', async () => {
  const account = accountAt('unused', {
    connection: profileConnection('dev', 'eu-west-1'),
    environment: process.env,
  });
  const list = async (): Promise<void> => {
    for await (const page of account.glue.listJobs()) expect(page).toEqual([]);
  };
  expect(await rejection(list())).toMatchObject({
    code: 'sso-expired',
    message: 'Sign-in of profile "dev" has expired.',
    profile: 'dev',
  });
  await signIn(options(), never);
  account.reset();
  await list();
});

test('without a redirect a code is shown and asked for until it is confirmed', async () => {
  center.state.pending = 3;
  const clock = new FakeClock();
  const shown: unknown[] = [];
  await clock.run(
    signIn(
      options({
        canRedirect: false,
        clock,
        showCode: async (code) => {
          shown.push(code);
          await Promise.resolve();
        },
      }),
      never,
    ),
  );
  expect(shown).toEqual([{ userCode: 'ABCD-EFGH', address: 'https://device.example/?user_code=ABCD-EFGH' }]);
  expect(center.requests.filter(({ path }) => path === '/token')).toHaveLength(4);
  expect(JSON.parse(readFileSync(tokenPath('corp'), 'utf8'))).toMatchObject({ accessToken: 'access-1' });
});

test('a profile without an sso-session signs in with a code, under its start URL', async () => {
  const clock = new FakeClock();
  await clock.run(signIn(options({ profile: 'old', clock, showCode: async () => await Promise.resolve() }), never));
  expect(JSON.parse(readFileSync(tokenPath('https://old.example/start'), 'utf8'))).toMatchObject({
    region: 'eu-west-1',
  });
});

test('declining, in the browser or by code, is told; nothing is written', async () => {
  center.state.declines = true;
  const declined = { code: 'sso-expired', message: 'Not signed in: the request was declined in the browser.' };
  expect(await rejection(signIn(options(), never))).toMatchObject(declined);
  const clock = new FakeClock();
  const byCode = signIn(options({ canRedirect: false, clock, showCode: async () => await Promise.resolve() }), never);
  expect(await rejection(clock.run(byCode))).toMatchObject(declined);
  expect(() => readdirSync(cacheFolder())).toThrow();
});

test('cancelling ends the wait for the browser, and an answer for another sign-in is not taken', async () => {
  const cancel = new AbortController();
  let redirect = '';
  const openBrowser = async (address: string): Promise<void> => {
    redirect = new URL(address).searchParams.get('redirect_uri') ?? '';
    const foreign = await fetch(`${redirect}?code=stolen&state=guessed`);
    expect(foreign.status).toBe(400);
    cancel.abort();
  };
  expect(await rejection(signIn(options({ openBrowser }), cancel.signal))).toMatchObject({ code: 'aborted' });
  await expect(fetch(redirect)).rejects.toThrow();
});

test('nobody answers: the wait ends after ten minutes', async () => {
  const clock = new FakeClock();
  const waiting = signIn(options({ clock, openBrowser: async () => await Promise.resolve() }), never);
  expect(await rejection(clock.run(waiting))).toMatchObject({
    code: 'sso-expired',
    message: 'Not signed in: nobody answered in the browser.',
  });
});

test('what cannot sign in says so', async () => {
  expect(await rejection(signIn(options({ profile: 'keys' }), never))).toMatchObject({
    code: 'profile-invalid',
    message: 'Profile "keys" does not sign in through IAM Identity Center.',
  });
  await center.close();
  expect(await rejection(signIn(options(), never))).toMatchObject({
    code: 'network',
    message: 'IAM Identity Center in eu-central-1 cannot be reached.',
  });
});

test('a broken token file is an expired sign-in, and signing in replaces it', async () => {
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(tokenPath('corp'), '{"accessToken": ');
  expect(await rejection(listJobs())).toMatchObject({ code: 'sso-expired' });
  await signIn(options(), never);
  await listJobs();
});
