import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addConnection, whichProfile, whichRegion } from './addConnection.ts';
import { clickUntil } from './quickInput.ts';
import { Workbench } from './workbench.ts';

const config = `
[profile dev]
region = eu-west-1
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = not-a-secret
endpoint_url = http://127.0.0.1:9

[profile acme-prod]
region = eu-central-1
sso_session = acme
sso_account_id = 111122223333
sso_role_name = operator

[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-central-1
`;

let workbench: Workbench;

function welcomeButton(text: string) {
  return workbench.page.locator('.sidebar .monaco-button').filter({ hasText: text });
}

const whichConnection = 'Which connection should Sluice work with?';

describe('connections', () => {
  beforeAll(async () => {
    workbench = await Workbench.open({
      name: 'connections',
      prepare: ({ home, workspace }) => {
        writeFileSync(join(home, '.aws', 'config'), config);
        // The sample chooses Local by itself.
        rmSync(join(workspace, '.vscode'), { recursive: true });
      },
    });
  });
  afterAll(async () => await workbench.close());

  test('a first start offers three ways', async () => {
    workbench.shootOnFailure('welcome');
    await workbench.openSidebar();
    await welcomeButton('Use Local (no AWS account)').waitFor();
    await welcomeButton('Open Sample Pipeline').waitFor();
    expect(await workbench.statusBar('Local').count()).toBe(0);
    await workbench.screenshotInBothThemes('welcome');
  });

  test('a profile and a region are chosen in two steps, and Back works', async () => {
    workbench.shootOnFailure('choose-profile');
    await workbench.openSidebar();
    const { quickInput } = workbench;
    await clickUntil(welcomeButton('Choose AWS Profile…'), quickInput.row(whichProfile, 'acme-prod'));
    await workbench.screenshotInBothThemes('choose-profile');
    await workbench.pick(whichProfile, 'acme-prod');
    await quickInput.row(whichRegion, "the profile's region").filter({ hasText: 'eu-central-1' }).waitFor();
    const goBack = workbench.page.locator('.quick-input-titlebar .codicon-quick-input-back');
    await clickUntil(goBack, quickInput.asking(whichProfile));
    await workbench.pick(whichProfile, 'dev');
    await workbench.pick(whichRegion, /eu-west-1.*the profile's region/);
    await workbench.statusBar('dev · eu-west-1').waitFor();
  });

  test('a protected profile looks different', async () => {
    workbench.shootOnFailure('protected');
    await addConnection(workbench, 'acme-prod', 'eu-central-1');
    const item = workbench.statusBar('acme-prod · eu-central-1 PROTECTED');
    await item.waitFor();
    expect(await item.getAttribute('class')).toContain('error-kind');
    await workbench.openSidebar();
    await workbench.treeRow('Sign-in has expired').waitFor();
    await workbench.screenshotInBothThemes('protected');
  });

  test('one click in the status bar switches, and the choice outlives a reload', async () => {
    workbench.shootOnFailure('switch');
    await addConnection(workbench, 'dev', 'eu-west-1');
    await addConnection(workbench, 'acme-prod', 'eu-central-1');
    const devRow = workbench.quickInput.row(whichConnection, 'dev · eu-west-1');
    await clickUntil(workbench.statusBar('acme-prod · eu-central-1'), devRow);
    await workbench.screenshot('switch-connection');
    await workbench.pick(whichConnection, 'dev · eu-west-1');
    await workbench.statusBar('dev · eu-west-1').waitFor();
    await workbench.reloadKeeping(/"activeConnection":"[^"]*dev/);
    await workbench.openSidebar();
    await workbench.statusBar('dev · eu-west-1').waitFor();
  });

  test('a connection is taken out of the workspace', async () => {
    workbench.shootOnFailure('remove');
    await workbench.treeRow('acme-prod').first().waitFor();
    await workbench.command('Sluice: Remove Connection…');
    await workbench.pick('Which connection?', 'acme-prod · eu-central-1');
    await workbench.treeRow('acme-prod').first().waitFor({ state: 'detached' });
    await workbench.statusBar('dev · eu-west-1').waitFor();
  });
});

describe('a folder that is not trusted', () => {
  beforeAll(async () => {
    workbench = await Workbench.open({
      name: 'untrusted',
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
      prepare: ({ workspace }) => {
        const definition = { StartAt: 'Gone', States: { Here: { Type: 'Succeed' } } };
        writeFileSync(join(workspace, 'pipelines/broken.asl.json'), JSON.stringify(definition, undefined, 2));
      },
    });
  });
  afterAll(async () => await workbench.close());

  test('is checked, and nothing connects or runs', async () => {
    workbench.shootOnFailure('untrusted');
    await workbench.openSidebar();
    await welcomeButton('Manage Workspace Trust').waitFor();
    await workbench.screenshot('untrusted');
    await workbench.openFile('pipelines/broken.asl.json');
    await workbench.squiggles('error').first().waitFor();
    await workbench.openFile('jobs/extract_orders.py');
    for (const [title, says] of [
      ['Sluice: Run Script Locally', 'This folder is in Restricted Mode, so its scripts do not run.'],
      ['Sluice: Upload Script', 'This folder is in Restricted Mode, so nothing of it is uploaded.'],
    ] as const) {
      await workbench.command(title);
      await workbench.notification(says).first().waitFor();
      await workbench.screenshot(`untrusted-${title.endsWith('Locally') ? 'run' : 'upload'}`);
      await workbench.clearNotifications();
    }
  });
});
