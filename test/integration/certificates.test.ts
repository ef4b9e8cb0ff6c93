import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { replaceAwsFiles } from './support/awsFiles.ts';
import { eventually } from './support/eventually.ts';
import { FakeGlue } from './support/fakeGlue.ts';

const certificates = process.env['SLUICE_TEST_CERTIFICATES'] ?? '';

// This VS Code runs on a machine that trusts the certificate `company` and has never heard of `stranger`.
describe('the certificates that VS Code takes from the system', () => {
  const endpoints = { company: new FakeGlue(), stranger: new FakeGlue() };
  let restoreAwsFiles: (() => void) | undefined;

  before(async () => {
    const addresses = await Promise.all(
      Object.entries(endpoints).map(async ([name, endpoint]) => {
        endpoint.lines.push(`INFO from ${name}`);
        return { name, address: await endpoint.start(certificate(name)) };
      }),
    );
    const keys = 'aws_access_key_id = AKIAFAKE\naws_secret_access_key = fake\n';
    const bundled = join(certificates, 'stranger.pem');
    const profiles = [
      ...addresses.map((each) => ({ ...each, more: '' })),
      { name: 'bundled', address: addresses[1]?.address ?? '', more: `ca_bundle = ${bundled}\n` },
    ];
    restoreAwsFiles = replaceAwsFiles(
      profiles
        .map(({ name, address, more }) => `[profile ${name}]\nregion = eu-west-1\nendpoint_url = ${address}\n${more}`)
        .join(''),
      profiles.map(({ name }) => `[${name}]\n${keys}`).join(''),
    );
  });

  after(async () => {
    Object.values(endpoints).forEach((endpoint) => endpoint.stop());
    restoreAwsFiles?.();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are enough for an endpoint behind the company’s own', async () => {
    await openRun('company', endpoints.company.runId);
    await shows((text) => text.includes('INFO from company'));
  });

  it('refuse another one, and say what to do', async () => {
    await openRun('stranger', endpoints.stranger.runId);
    await shows((text) => /The certificate of .* is not trusted/.test(text) && text.includes('AWS_CA_BUNDLE'));
  });

  it('trust that other one where the profile has it as ca_bundle', async () => {
    await openRun('bundled', endpoints.stranger.runId);
    await shows((text) => text.includes('INFO from stranger'));
  });
});

async function openRun(profile: string, id: string): Promise<void> {
  const key = { connectionId: `profile:${profile}@eu-west-1`, kind: 'jobRun', resource: 'extract', id };
  await vscode.commands.executeCommand('sluice.openRun', key);
}

async function shows(isWanted: (text: string) => boolean): Promise<void> {
  await eventually(
    'the text of the run',
    () => vscode.workspace.textDocuments.map((document) => document.getText()).join('\n'),
    isWanted,
    90_000,
  );
}

function certificate(name: string): { key: string; cert: string } {
  const [key, cert] = ['key', 'pem'].map((ending) => readFileSync(join(certificates, `${name}.${ending}`), 'utf8'));
  return { key: key ?? '', cert: cert ?? '' };
}
