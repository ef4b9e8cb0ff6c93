import { UserError } from '../../core/base/userError.ts';
import { chainOf } from '../profiles/profiles.ts';
import { sectionOf, type SharedConfig } from '../profiles/sharedConfig.ts';

/** What a profile signs in to. */
export interface SsoSession {
  /** Name of the `sso-session` section; undefined for a profile of the older kind, which names the start URL itself. */
  readonly name?: string;
  readonly startUrl: string;
  readonly region: string;
  /** Empty where the section names none. */
  readonly scopes: readonly string[];
}

/**
 * The sign-in behind a profile: its own, or that of the profile whose identity it assumes a role with. Throws
 * `profile-invalid` where there is none or a setting is missing.
 */
export function ssoSessionOf(profile: string, config: SharedConfig): SsoSession {
  sectionOf(config, profile);
  const section = chainOf(profile, config).find((link) => link['sso_session'] ?? link['sso_start_url']);
  if (!section) {
    throw new UserError(
      'profile-invalid',
      `Profile "${profile}" does not sign in through IAM Identity Center.`,
      'Choose another profile, or renew its credentials the way they were made.',
      { profile },
    );
  }
  const name = section['sso_session'];
  const settings = name === undefined ? section : config.ssoSessions[name];
  const startUrl = settings?.['sso_start_url'];
  const region = settings?.['sso_region'];
  if (!startUrl || !region) {
    const what = settings ? `${startUrl ? 'sso_region' : 'sso_start_url'} is missing` : 'the section is not there';
    throw new UserError(
      'profile-invalid',
      `Profile "${profile}" cannot sign in: ${name === undefined ? '' : `[sso-session ${name}]: `}${what}.`,
      'Correct the AWS config file.',
      { profile },
    );
  }
  const scopes = (settings['sso_registration_scopes'] ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);
  return { startUrl, region, scopes, ...(name === undefined ? {} : { name }) };
}
