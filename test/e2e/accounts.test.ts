import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fakeIdentityCenter, type FakeIdentityCenter } from '../support/fakeIdentityCenter.ts';
import { teamAws, teamKeys, teamMfaCode, type TeamAws } from '../support/teamAws.ts';
import { freePort } from '../support/vscodeServer.mjs';
import { addConnection } from './addConnection.ts';
import { clickUntil } from './quickInput.ts';
import { Workbench } from './workbench.ts';

// What goes wrong with an account, and how one gets on: each test has a connection of its own, the others are folded.
let aws: TeamAws;
let center: FakeIdentityCenter;
let workbench: Workbench;

function config(refusing: number): string {
  const profile = (name: string, lines: readonly string[], endpoint = aws.endpoint): string =>
    [`[profile ${name}]`, 'region = eu-west-1', `endpoint_url = ${endpoint}`, ...lines, ''].join('\n');
  const keys = (key: string): string[] => [`aws_access_key_id = ${key}`, 'aws_secret_access_key = not-a-secret'];
  return [
    profile('analyst', keys(teamKeys.analyst)),
    profile('stopped-emulator', keys(teamKeys.operator), `http://127.0.0.1:${refusing}`),
    profile('team', ['sso_session = team', 'sso_account_id = 111122223333', 'sso_role_name = Operator']),
    profile('etl', [
      'role_arn = arn:aws:iam::111122223333:role/etl',
      'source_profile = engineer',
      'mfa_serial = arn:aws:iam::111122223333:mfa/ann',
    ]),
    profile('engineer', keys(teamKeys.engineer)),
    profile('acme-prod', keys(teamKeys.operator)),
    '[sso-session team]\nsso_start_url = https://team.awsapps.com/start\nsso_region = eu-central-1\n',
  ].join('\n');
}

beforeAll(async () => {
  [aws, center] = await Promise.all([teamAws(), fakeIdentityCenter()]);
  const refusing = await freePort();
  workbench = await Workbench.open({
    name: 'accounts',
    env: { AWS_ENDPOINT_URL_SSO_OIDC: center.endpoint, AWS_ENDPOINT_URL_SSO: center.endpoint },
    prepare: ({ home, workspace }) => {
      writeFileSync(join(home, '.aws', 'config'), config(refusing));
      // The sample chooses Local by itself.
      rmSync(join(workspace, '.vscode'), { recursive: true });
    },
  });
  await workbench.openSidebar();
});
afterAll(async () => {
  await workbench.close();
  await Promise.all([aws.close(), center.close()]);
});

beforeEach(async () => {
  await workbench.foldAll();
});

test('what a role may not list is named in its place, and the rest of the tree goes on', async () => {
  workbench.shootOnFailure('access-denied');
  await addConnection(workbench, 'analyst', 'eu-west-1');
  await workbench.treeRow(/Glue Jobs.*access denied/).waitFor();
  await workbench.treeRow(/State Machines.*0/).waitFor();
  await workbench.expand('Glue Jobs');
  const row = workbench.treeRow('Access denied: glue:GetJobs');
  await row.waitFor();
  await workbench.expand('State Machines');
  await workbench.treeRow('No state machines in eu-west-1 of analyst.').waitFor();
  await row.hover();
  const tooltip = workbench.page
    .locator('.monaco-hover')
    .filter({ hasText: 'Profile "analyst" may not list Glue jobs' });
  await tooltip.first().waitFor();
  await workbench.screenshotInBothThemes('access-denied');
  await row.locator('.actions .action-label[aria-label^="Copy Policy Statement"]').waitFor();
});

test('an endpoint that refuses connections is told with its address', async () => {
  workbench.shootOnFailure('refused');
  await addConnection(workbench, 'stopped-emulator', 'eu-west-1');
  await workbench.treeRow(/Glue Jobs.*cannot be read/).waitFor();
  await workbench.expand('Glue Jobs');
  const row = workbench.treeRow(/No connection.*The endpoint http:\/\/127\.0\.0\.1:\d+ refuses/);
  await row.first().waitFor();
  await row.first().locator('.actions .action-label[aria-label^="Retry"]').waitFor({ state: 'attached' });
  await workbench.screenshotInBothThemes('refused-endpoint');
});

test('a sign-in goes from its row through the browser, and the tree goes on by itself', async () => {
  workbench.shootOnFailure('sign-in');
  const { page } = workbench;
  await page.context().route('https://device.example/**', async (route) => {
    await route.fulfill({ contentType: 'text/html', body: '<title>Sign in</title>' });
  });
  center.state.pending = 2;
  await addConnection(workbench, 'team', 'eu-west-1');
  const row = workbench.treeRow('Sign-in has expired');
  await row.waitFor();
  await workbench.screenshotInBothThemes('sign-in-row');
  const code = workbench.dialog().filter({ hasText: 'ABCD-EFGH' });
  await clickUntil(row, code);
  await workbench.screenshotInBothThemes('sign-in-code');
  const opened = page.context().waitForEvent('page');
  await workbench.press('Open Page');
  // VS Code itself asks before it leaves for an address that it does not know.
  await workbench.press('Open');
  expect((await opened).url()).toContain('device.example');
  await (await opened).close();
  await workbench.treeRow(/Glue Jobs.*1/).waitFor();
  await workbench.expand('Glue Jobs');
  await workbench.treeRow('load-customers').waitFor();
  await workbench.screenshotInBothThemes('signed-in');
  const cache = join(workbench.folder.home, '.aws', 'sso', 'cache');
  const tokens = readdirSync(cache).map((name) => JSON.parse(readFileSync(join(cache, name), 'utf8')) as object);
  expect(tokens).toContainEqual(expect.objectContaining({ startUrl: 'https://team.awsapps.com/start' }));
});

test('a role that wants an MFA code asks for it once, and says when a code was wrong', async () => {
  workbench.shootOnFailure('mfa');
  const codeBox = 'MFA Code for etl';
  await addConnection(workbench, 'etl', 'eu-west-1');
  await workbench.quickInput.asking(codeBox).waitFor();
  await workbench.quickInput.leave();
  await clickUntil(workbench.treeRow('Not connected'), workbench.quickInput.asking(codeBox));
  await workbench.answer(codeBox, '12');
  await workbench.quickInput.asking('The code has six digits.').waitFor();
  await workbench.screenshotInBothThemes('mfa-code');
  await workbench.answer(codeBox, '000000');
  const row = workbench.treeRow('MFA code not accepted');
  await row.waitFor();
  await workbench.screenshotInBothThemes('mfa-refused');
  await clickUntil(row, workbench.quickInput.asking(codeBox));
  await workbench.answer(codeBox, teamMfaCode);
  await workbench.treeRow(/Glue Jobs.*1/).waitFor();
  expect(aws.requestsOf('AssumeRole')).toHaveLength(2);
});

test('on a protected profile a start wants the name typed, and a stop is asked once more', async () => {
  workbench.shootOnFailure('protected-start');
  await addConnection(workbench, 'acme-prod', 'eu-west-1');
  await workbench.expand('Glue Jobs');
  const nameBox = 'acme-prod · eu-west-1 is protected. Type load-customers to start it there.';
  const values = 'Start, or choose what to change';
  const start = async (): Promise<void> => {
    await workbench.rowAction('load-customers', 'Start Job Run…', workbench.quickInput.asking(values));
    await workbench.pick(values, 'Start load-customers in acme-prod');
  };
  await start();
  await workbench.answer(nameBox, 'load-customer');
  await workbench.quickInput.asking('Type load-customers, or press Escape to leave it.').waitFor();
  await workbench.screenshotInBothThemes('protected-start');
  await workbench.quickInput.leave();
  await start();
  expect(aws.requestsOf('StartJobRun')).toEqual([]);
  await workbench.answer(nameBox, 'load-customers');
  await workbench.tab('load-customers').first().waitFor();
  expect(aws.requestsOf('StartJobRun')).toHaveLength(1);

  const run = workbench.treeRow(/load-customers.*acme-prod/);
  await workbench.rowAction(/load-customers.*acme-prod/, 'Stop Run', workbench.dialog());
  await workbench.screenshotInBothThemes('protected-stop');
  await workbench.press('Cancel');
  expect(aws.requestsOf('BatchStopJobRun')).toEqual([]);
  await workbench.rowAction(/load-customers.*acme-prod/, 'Stop Run', workbench.dialog());
  await workbench.press('Stop Run');
  await run.locator('.codicon-circle-slash').waitFor();
  expect(aws.requestsOf('BatchStopJobRun')).toHaveLength(1);
});

test('on a protected profile an upload wants the name typed, and leaves everything with a wrong one', async () => {
  workbench.shootOnFailure('protected-upload');
  const { quickInput } = workbench;
  const text = 'print("customers")\n';
  writeFileSync(join(workbench.folder.workspace, 'jobs/load_customers.py'), text);
  await addConnection(workbench, 'acme-prod', 'eu-west-1');
  await workbench.openFile('jobs/load_customers.py');
  const where = 'Where does it belong?';
  const plan = 'Nothing is changed before you choose.';
  const nameBox = 'acme-prod · eu-west-1 is protected. Type load_customers.py to upload it there.';
  const uploads = (): readonly string[] =>
    aws.requests.filter(({ operation }) => operation.startsWith('PUT ')).map((each) => each.text);
  const upload = async (): Promise<void> => {
    await workbench.command('Sluice: Upload Script');
    await workbench.pick(where, 's3://acme-scripts/load_customers.py');
    await workbench.pick(plan, /1 call in acme-prod/);
  };
  await upload();
  await workbench.answer(nameBox, 'load_customers');
  await quickInput.asking('Type load_customers.py, or press Escape to leave it.').waitFor();
  await workbench.screenshotInBothThemes('protected-upload');
  await quickInput.leave();
  await upload();
  await quickInput.asking(nameBox).waitFor();
  expect(uploads()).toEqual([]);
  await workbench.answer(nameBox, 'load_customers.py');
  await workbench.notification('load_customers.py in acme-prod').first().waitFor();
  expect(uploads()).toEqual([expect.stringContaining(text)]);
});

test('a stage of another account is asked about before anything is started there', async () => {
  workbench.shootOnFailure('stage-account');
  const stages = join(workbench.folder.workspace, 'sluice.json');
  const started = aws.requestsOf('StartJobRun').length;
  const values = 'Start, or choose what to change';
  const question = workbench.dialog().filter({
    hasText: 'Stage dev is account 999988887777, and engineer · eu-west-1 is account 111122223333.',
  });
  const start = async (): Promise<void> => {
    await workbench.rowAction('load-customers', 'Start Job Run…', workbench.quickInput.asking(values));
    await workbench.pick(values, 'Start load-customers in engineer');
  };
  writeFileSync(stages, JSON.stringify({ stage: 'dev', stages: { dev: { AccountId: '999988887777' } } }));
  try {
    await addConnection(workbench, 'engineer', 'eu-west-1');
    await workbench.expand('Glue Jobs');
    await start();
    await question.waitFor();
    await workbench.screenshotInBothThemes('stage-account');
    await workbench.press('Cancel');
    expect(aws.requestsOf('StartJobRun')).toHaveLength(started);
    await start();
    await workbench.press('Start Anyway');
    await workbench
      .treeRow(/load-customers.*engineer/)
      .first()
      .waitFor();
    expect(aws.requestsOf('StartJobRun')).toHaveLength(started + 1);
  } finally {
    rmSync(stages);
  }
});
