import { afterEach, beforeEach, expect, test } from 'vitest';
import { environmentConnection, profileConnection } from '../../../src/core/connections/connection.ts';
import type { UserError } from '../../../src/core/base/userError.ts';
import { loadProfiles } from '../../../src/aws/profiles/profiles.ts';
import { accountAt, collectedLog } from '../../support/awsAccount.ts';
import { awsHome, type AwsHome } from '../../support/awsHome.ts';
import { rejection } from '../../support/rejection.ts';
import { scriptedAws, type ScriptedAws, type ScriptedRequest } from '../../support/scriptedAws.ts';

let home: AwsHome;
let server: ScriptedAws;
beforeEach(async () => {
  home = awsHome();
  server = await scriptedAws(answer);
});
afterEach(async () => {
  await server.close();
  home.dispose();
});

const keys = 'aws_access_key_id = AKIASTATIC\naws_secret_access_key = static-secret\n';

/** STS that knows one MFA code, and a Glue that lists nothing. */
function answer({ operation, input }: ScriptedRequest) {
  if (operation === 'AssumeRole') {
    if (input['TokenCode'] !== undefined && input['TokenCode'] !== '123456') {
      return xml(
        '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>',
        403,
      );
    }
    return xml(
      `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/etl/x</Arn><AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`,
    );
  }
  return { json: { Jobs: [] } };
}

const xml = (body: string, status = 200) => ({ body, type: 'text/xml', status });

/** Whose key signed the last call. */
function signer(): string | undefined {
  return /Credential=([^/]+)/.exec(server.requests.at(-1)?.headers.authorization ?? '')?.[1];
}

async function listJobs(profile: string, options: Parameters<typeof accountAt>[1] = {}): Promise<string | undefined> {
  const account = accountAt('unused', {
    connection: profileConnection(profile, 'eu-west-1'),
    environment: process.env,
    ...options,
  });
  try {
    for await (const page of account.glue.listJobs()) expect(page).toEqual([]);
  } finally {
    account.dispose();
  }
  return signer();
}

test('profiles come with their kind, region, account and role', async () => {
  home.write({
    config: `[default]
region = us-east-1
[profile role]
role_arn = arn:aws:iam::123456789012:role/team/etl
source_profile = sso
mfa_serial = arn:aws:iam::123456789012:mfa/ann
region = eu-west-1
[profile sso]
sso_session = corp
sso_account_id = 222222222222
sso_role_name = Analyst
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
[profile tool]
credential_process = /bin/true
[profile emulator]
services = local
[services local]
glue =
  endpoint_url = http://localhost:4566
[profile console]
login_session = arn:aws:iam::1:user/a
`,
    credentials: `[default]\n${keys}`,
  });
  const { profiles, problems } = await loadProfiles(process.env);
  expect(problems).toEqual([]);
  const plain = { needsMfa: false, hasEndpoint: false, canSignIn: false };
  expect(profiles).toEqual([
    { name: 'default', kind: 'static', region: 'us-east-1', ...plain },
    {
      name: 'role',
      kind: 'assumeRole',
      region: 'eu-west-1',
      accountId: '123456789012',
      role: 'etl',
      needsMfa: true,
      hasEndpoint: false,
      canSignIn: true,
    },
    { name: 'sso', kind: 'sso', accountId: '222222222222', role: 'Analyst', ...plain, canSignIn: true },
    { name: 'tool', kind: 'process', ...plain },
    { name: 'emulator', kind: 'none', ...plain, hasEndpoint: true },
    { name: 'console', kind: 'login', ...plain },
  ]);
  expect(JSON.stringify(profiles)).not.toContain('static-secret');
});

test('a malformed file is told with its line, and the profiles that can be read are there', async () => {
  home.write({
    config: '[profile good]\nregion = eu-west-1\n[staging]\nregion = eu-west-1\n',
    credentials: 'garbage\n',
  });
  const { profiles, problems } = await loadProfiles(process.env);
  expect(profiles.map(({ name }) => name)).toEqual(['good']);
  expect(
    problems.map(({ code, message, details }) => ({ code, message, file: details.file, line: details.line })),
  ).toEqual([
    {
      code: 'profile-invalid',
      message: 'config line 3 has a section [staging] that AWS SDKs do not read.',
      file: home.configPath,
      line: 3,
    },
    {
      code: 'profile-invalid',
      message: 'credentials line 1 has a setting before the first section.',
      file: home.credentialsPath,
      line: 1,
    },
  ]);
});

test('a file that cannot be read is told, missing files are not, and changes are seen', async () => {
  expect(await loadProfiles(process.env)).toEqual({ profiles: [], problems: [] });
  process.env['AWS_CONFIG_FILE'] = home.folder;
  const { problems } = await loadProfiles(process.env);
  expect(problems.map(({ message }) => message)).toEqual(['The AWS config file is a folder.']);
  process.env['AWS_CONFIG_FILE'] = `${home.folder}/elsewhere`;
  home.script('elsewhere', '[profile moved]\nregion = eu-west-1\n');
  expect((await loadProfiles(process.env)).profiles.map(({ name }) => name)).toEqual(['moved']);
  home.script('elsewhere', '[profile changed]\nregion = eu-west-1\n');
  expect((await loadProfiles(process.env)).profiles.map(({ name }) => name)).toEqual(['changed']);
});

test('static keys sign the calls of their profile, whatever the environment holds', async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAENV';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'env-secret';
  home.write({ config: `[profile dev]\nendpoint_url = ${server.endpoint}\n${keys}` });
  expect(await listJobs('dev')).toBe('AKIASTATIC');
});

test('an account is near where all its runs are asked for on this machine', async () => {
  const isNear = async (lines: string): Promise<boolean | undefined> => {
    home.write({ config: `[profile dev]\n${lines}${keys}` });
    return await accountAt('-', { connection: profileConnection('dev', 'eu-west-1') }).isNear?.();
  };
  expect(await isNear(`endpoint_url = ${server.endpoint}\n`)).toBe(true);
  expect(await isNear('endpoint_url = https://vpce.example.com\n')).toBe(false);
  expect(await isNear('')).toBe(false);
  expect(await isNear('endpoint_url = no address\n')).toBe(false);
});

test('the environment signs the calls of an environment connection', async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAENV';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'env-secret';
  process.env['AWS_ENDPOINT_URL_GLUE'] = server.endpoint;
  const connection = environmentConnection('eu-west-1');
  expect(await listJobs('-', { connection })).toBe('AKIAENV');
});

test('a services section gives each service its endpoint', async () => {
  home.write({
    config: `[profile dev]\nservices = mine\n${keys}[services mine]\nglue =\n  endpoint_url = ${server.endpoint}\n`,
  });
  expect(await listJobs('dev')).toBe('AKIASTATIC');
});

test('credential_process gives the keys; where it fails, the error keeps its output out of the log', async () => {
  const good = home.script(
    'good.sh',
    '#!/bin/sh\necho \'{"Version":1,"AccessKeyId":"AKIAPROC","SecretAccessKey":"process-secret"}\'\n',
  );
  const bad = home.script('bad.sh', '#!/bin/sh\necho "vault token hvs.topsecret is wrong" >&2; exit 1\n');
  home.write({
    config: `[profile good]\nendpoint_url = ${server.endpoint}\ncredential_process = ${good}\n[profile bad]\ncredential_process = ${bad} --password hunter2\n`,
  });
  expect(await listJobs('good')).toBe('AKIAPROC');
  const log = collectedLog();
  const error = await listJobs('bad', { log }).catch((thrown: unknown) => thrown as UserError);
  expect(error).toMatchObject({
    code: 'credentials-missing',
    message: 'The credential_process of profile "bad" failed.',
  });
  const all = JSON.stringify([log.lines, error, (error as UserError).stack, String((error as UserError).cause)]);
  expect(all).not.toMatch(/hvs\.|hunter2/);
});

test('a role with MFA asks for one code however many calls wait for it', async () => {
  home.write({
    config: `[profile etl]\nendpoint_url = ${server.endpoint}\nrole_arn = arn:aws:iam::123456789012:role/etl\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/ann\n[profile base]\n${keys}`,
  });
  const asked: string[] = [];
  const account = accountAt('unused', {
    connection: profileConnection('etl', 'eu-west-1'),
    environment: process.env,
    mfaCode: async (serial) => {
      asked.push(serial);
      return await Promise.resolve('123456');
    },
  });
  await Promise.all(
    [account.glue.getJob('a'), account.glue.getJob('b')].map(async (job) => await job.catch(() => undefined)),
  );
  expect(asked).toEqual(['arn:aws:iam::1:mfa/ann']);
  expect(server.requests.filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(1);
  expect(signer()).toBe('ASIAROLE');
});

test('a wrong MFA code is told as such, and the next try asks again', async () => {
  home.write({
    config: `[profile etl]\nendpoint_url = ${server.endpoint}\nrole_arn = arn:aws:iam::123456789012:role/etl\nsource_profile = base\nmfa_serial = m\n[profile base]\n${keys}`,
  });
  const codes = ['000000', '123456'];
  const account = accountAt('unused', {
    connection: profileConnection('etl', 'eu-west-1'),
    environment: process.env,
    mfaCode: async () => await Promise.resolve(codes.shift() ?? ''),
  });
  const drain = async (): Promise<void> => {
    for await (const page of account.glue.listJobs()) expect(page).toEqual([]);
  };
  expect(await rejection(drain())).toMatchObject({
    code: 'mfa-refused',
    message: 'The MFA code for profile "etl" was not accepted.',
  });
  account.reset();
  await drain();
  expect(codes).toEqual([]);
});

test.each([
  ['nowhere', '', 'profile-invalid', 'There is no profile "nowhere" in the AWS config files.'],
  [
    'empty',
    '[profile empty]\nregion = eu-west-1\n',
    'credentials-missing',
    'Profile "empty" has no usable credentials.',
  ],
  [
    'circle',
    '[profile circle]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = other\n[profile other]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = circle\n',
    'profile-invalid',
    'Profile "circle" cannot be used: its source profiles form a circle.',
  ],
  [
    'lost',
    `[profile lost]\nservices = gone\n${keys}`,
    'profile-invalid',
    'Profile "lost" names the services section "gone", which the AWS config file does not have.',
  ],
  [
    'odd',
    `[profile odd]\nendpoint_url = localhost:4566\n${keys}`,
    'endpoint-invalid',
    'Profile "odd" gives an endpoint that is no http or https address: "localhost:4566".',
  ],
  [
    'sso',
    '[profile sso]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n[sso-session corp]\nsso_start_url = https://x\nsso_region = eu-west-1\n',
    'sso-expired',
    'Sign-in of profile "sso" has expired.',
  ],
])('profile %s fails in words that say what to do', async (profile, config, code, message) => {
  home.write({ config });
  expect(await rejection(listJobs(profile))).toMatchObject({ code, message, profile });
});
