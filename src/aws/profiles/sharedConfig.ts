import { loadSharedConfigFiles, loadSsoSessionData } from '@smithy/shared-ini-file-loader';
import { UserError } from '../../core/base/userError.ts';

/** A section of the shared files: settings by name, nested ones as `s3.endpoint_url`. */
export type Section = Readonly<Record<string, string | undefined>>;

/** The AWS shared config and credentials files, read by the SDK's own loader, credentials over config. */
export interface SharedConfig {
  readonly profiles: Readonly<Record<string, Section>>;
  /** Profiles that are in the config file, and those that are in the credentials file. */
  readonly inConfig: ReadonlySet<string>;
  readonly inCredentials: ReadonlySet<string>;
  readonly services: Readonly<Record<string, Section>>;
  readonly ssoSessions: Readonly<Record<string, Section>>;
}

/**
 * Reads both files from the disk and renews what the SDK keeps of them. Missing files count as empty.
 * AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say where they are.
 */
export async function loadSharedConfig(): Promise<SharedConfig> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const ssoSessions = await loadSsoSessionData();
  const profiles: Record<string, Section> = Object.create(null) as Record<string, Section>;
  const services: Record<string, Section> = Object.create(null) as Record<string, Section>;
  const inConfig = new Set<string>();
  for (const [name, section] of Object.entries(configFile)) {
    if (name.startsWith('services.')) services[name.slice('services.'.length)] = section;
    else if (!name.startsWith('sso-session.')) {
      profiles[name] = section;
      inConfig.add(name);
    }
  }
  for (const [name, section] of Object.entries(credentialsFile)) profiles[name] = { ...profiles[name], ...section };
  return { profiles, inConfig, inCredentials: new Set(Object.keys(credentialsFile)), services, ssoSessions };
}

/** The section of a profile; rejects with `profile-invalid` where neither file has it. */
export function sectionOf(config: SharedConfig, profile: string): Section {
  const section = config.profiles[profile];
  if (section) return section;
  throw new UserError(
    'profile-invalid',
    `There is no profile "${profile}" in the AWS config files.`,
    'Choose another profile, or add it to the config file.',
    { profile },
  );
}
