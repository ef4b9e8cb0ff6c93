import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import { checkSharedFile } from './checkFile.ts';
import { sharedFiles } from './paths.ts';
import { loadSharedConfig, type Section, type SharedConfig } from './sharedConfig.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a profile comes by its credentials, in the order in which the SDK decides. */
export type ProfileKind =
  | 'assumeRole'
  | 'static'
  | 'webIdentity'
  | 'process'
  | 'sso'
  /** `aws login`: the console's own sign-in. */
  | 'login'
  /** Settings only, no credentials. */
  | 'none';

/** A profile of the shared files, as a pick shows it. Holds no secrets. */
export interface Profile {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region?: string;
  /** Account id, where a role ARN or an SSO setting says it. */
  readonly accountId?: string;
  /** Role name, where there is one. */
  readonly role?: string;
  /** Whether an MFA code will be asked for. */
  readonly needsMfa: boolean;
  /** Whether calls go to an endpoint of its own instead of AWS. */
  readonly hasEndpoint: boolean;
  /** Whether signing in from here can renew it: an SSO profile, or a role on top of one. */
  readonly canSignIn: boolean;
}

export interface Profiles {
  /** In the order of the files: config before credentials. */
  readonly profiles: readonly Profile[];
  /** What the files have wrong; each names file and line. The profiles that can be read are there all the same. */
  readonly problems: readonly UserError[];
}

/** Reads the profiles from the disk. Never rejects for what the files hold; missing files give no profiles. */
export async function loadProfiles(environment: Environment): Promise<Profiles> {
  const files = sharedFiles(environment);
  const [config, ...problems] = await Promise.all([
    loadSharedConfig(),
    fileProblems(files.config, 'config'),
    fileProblems(files.credentials, 'credentials'),
  ]);
  const profiles = Object.entries(config.profiles).map(([name, section]) => toProfile(name, section, config));
  return { profiles, problems: problems.flat() };
}

function toProfile(name: string, section: Section, config: SharedConfig): Profile {
  const kind = kindOf(section);
  const region = section['region'];
  const [, accountOfRole, role = section['sso_role_name']] =
    /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(section['role_arn'] ?? '') ?? [];
  const accountId = accountOfRole ?? section['sso_account_id'];
  const chain = chainOf(name, config);
  return {
    name,
    kind,
    needsMfa: chain.some((link) => kindOf(link) === 'assumeRole' && link['mfa_serial'] !== undefined),
    hasEndpoint: section['endpoint_url'] !== undefined || section['services'] !== undefined,
    canSignIn: chain.some((link) => kindOf(link) === 'sso'),
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(role === undefined ? {} : { role }),
  };
}

function kindOf(section: Section): ProfileKind {
  if (section['role_arn'] && (section['source_profile'] ?? section['credential_source'])) return 'assumeRole';
  if (section['aws_access_key_id'] && section['aws_secret_access_key']) return 'static';
  if (section['role_arn'] && section['web_identity_token_file']) return 'webIdentity';
  if (section['credential_process']) return 'process';
  if (section['sso_session'] ?? section['sso_start_url']) return 'sso';
  if (section['login_session']) return 'login';
  return 'none';
}

/** The profile and the source profiles below it; ends where one is missing or comes round again. */
export function chainOf(name: string, { profiles }: Pick<SharedConfig, 'profiles'>): readonly Section[] {
  const chain: Section[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = name; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const section: Section | undefined = profiles[next];
    if (!section) break;
    chain.push(section);
    next = section['source_profile'];
  }
  return chain;
}

async function fileProblems(path: string, file: 'config' | 'credentials'): Promise<readonly UserError[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') return [];
    const why = code === 'EACCES' ? 'may not be read' : code === 'EISDIR' ? 'is a folder' : 'cannot be read';
    return [
      new UserError('profile-invalid', `The AWS ${file} file ${why}.`, `It is ${path}.`, { file: path, cause: error }),
    ];
  }
  return checkSharedFile(text, file).map(
    ({ line, message, help }) =>
      new UserError('profile-invalid', `${basename(path)} line ${line} ${message}.`, help, { file: path, line }),
  );
}
