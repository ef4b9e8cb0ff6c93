import type { Profile, Profiles } from '../../aws/profiles/profiles.ts';

/** Reads the profiles of this machine, in the order of the files, and what is wrong with the files. */
export type ListProfiles = () => Promise<Profiles>;

/** What a pick says of a profile beside its name: region, account and how it gets its credentials. */
export function describeProfile(profile: Profile): string {
  return [profile.region, profile.accountId, sourceOf(profile), profile.hasEndpoint ? 'own endpoint' : '']
    .filter(Boolean)
    .join(' · ');
}

function sourceOf({ kind, role, needsMfa }: Profile): string {
  switch (kind) {
    case 'assumeRole':
    case 'webIdentity':
      return `role${role === undefined ? '' : ` ${role}`}${needsMfa ? ' with MFA' : ''}`;
    case 'sso':
      return `SSO${role === undefined ? '' : ` as ${role}`}`;
    case 'static':
      return 'access key';
    case 'process':
      return 'credential process';
    case 'login':
      return 'aws login';
    case 'none':
      return 'no credentials';
  }
}
