import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Where the AWS tools of this machine keep profiles and sign-ins, as globs in a folder that may not exist yet. */
export function awsFiles(environment: Readonly<Record<string, string | undefined>>): readonly AwsFiles[] {
  const home = join(homedir(), '.aws');
  const config = expanded(environment['AWS_CONFIG_FILE']) ?? join(home, 'config');
  const credentials = expanded(environment['AWS_SHARED_CREDENTIALS_FILE']) ?? join(home, 'credentials');
  return [
    { folder: dirname(config), glob: basename(config) },
    { folder: dirname(credentials), glob: basename(credentials) },
    { folder: join(home, 'sso', 'cache'), glob: '*.json' },
  ];
}

export interface AwsFiles {
  readonly folder: string;
  readonly glob: string;
}

function expanded(path: string | undefined): string | undefined {
  if (!path) return undefined;
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}
