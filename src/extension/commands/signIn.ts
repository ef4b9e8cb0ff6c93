import { env, UIKind, Uri, window } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { systemClock } from '../../processes/systemClock.ts';
import type { App } from '../app.ts';
import { connectionOf } from '../connections/connectionOf.ts';
import { withProgress } from '../prompts/progress.ts';
import { showDeviceCode } from '../prompts/showDeviceCode.ts';
import { back, pickOne } from '../prompts/steps.ts';

/**
 * Signs in through IAM Identity Center, for Sluice and for the `aws` CLI; what waited for it goes on. `target` is the
 * row or the id of a connection; without one it is the active connection, or a pick of the profiles that sign in.
 */
export async function signIn(app: Pick<App, 'connections' | 'listProfiles'>, target?: unknown): Promise<void> {
  const profile = await profileOf(app, target);
  await withProgress(`Signing in to profile "${profile}"`, async (signal, report) => {
    const { signIn: run } = await import('../../aws/sso/signIn.ts');
    const openBrowser = async (address: string): Promise<void> => {
      if (!(await env.openExternal(Uri.parse(address)))) throw new UserError('aborted', 'Cancelled.');
    };
    await run(
      {
        profile,
        // Elsewhere the browser's 127.0.0.1 is another machine than this one.
        canRedirect: env.uiKind === UIKind.Desktop && env.remoteName === undefined,
        clock: systemClock,
        environment: process.env,
        openBrowser: async (address) => {
          report('Continue in the browser.');
          await openBrowser(address);
        },
        showCode: async ({ userCode, address }) => {
          report(`Code ${userCode}. Continue in the browser.`);
          await showDeviceCode(profile, userCode);
          await openBrowser(address);
        },
      },
      signal,
    );
  });
  app.connections.renew(app.connections.all.filter(({ kind }) => kind === 'profile'));
  window.setStatusBarMessage(`Signed in to profile "${profile}"`, 5_000);
}

async function profileOf(
  { connections, listProfiles }: Pick<App, 'connections' | 'listProfiles'>,
  target: unknown,
): Promise<string> {
  const connection = connectionOf(target) ?? connections.active;
  if (connection?.kind === 'profile') return connection.profile;
  const { profiles } = await listProfiles();
  const able = profiles.filter(({ canSignIn }) => canSignIn);
  if (able.length === 0) {
    throw new UserError(
      'profile-invalid',
      'No profile on this machine signs in through IAM Identity Center.',
      'Run `aws configure sso` in a terminal to make one.',
    );
  }
  const picked = await pickOne<string>({
    at: { title: 'Sign In', canGoBack: false },
    placeholder: 'Which profile?',
    items: able.map(({ name, accountId, role }) => ({
      label: name,
      description: [accountId, role].filter(Boolean).join(' · '),
      value: name,
    })),
  });
  if (picked === back) throw new UserError('aborted', 'Cancelled.');
  return picked;
}
