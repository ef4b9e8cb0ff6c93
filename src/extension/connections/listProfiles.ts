import type { ListProfiles } from './profileChoice.ts';

/** The profiles of the AWS config files of this machine, by name. */
export const listProfiles: ListProfiles = async () => {
  const { loadSharedConfig } = await import('../../aws/profiles/sharedConfig.ts');
  const { profiles } = await loadSharedConfig();
  return Object.entries(profiles)
    .map(([name, section]) => ({
      name,
      ...(section['region'] === undefined ? {} : { region: section['region'] }),
      detail: detailOf(section),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
};

function detailOf(section: Readonly<Record<string, string | undefined>>): string {
  const { sso_session: session, sso_start_url: startUrl, role_arn: role, credential_process: process } = section;
  if (role !== undefined) return `assumes ${role.split('/').at(-1) ?? role}`;
  if (session !== undefined) return `SSO session ${session}`;
  if (startUrl !== undefined) return 'SSO';
  if (process !== undefined) return 'credential process';
  return section['aws_access_key_id'] === undefined ? '' : 'access key';
}
