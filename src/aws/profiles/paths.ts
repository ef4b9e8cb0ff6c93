import { homedir } from 'node:os';
import { join } from 'node:path';
import { getHomeDir } from '@smithy/shared-ini-file-loader';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SharedFiles {
  readonly config: string;
  readonly credentials: string;
}

/** Where the shared files are: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else `~/.aws`. A leading `~/` is the home. */
export function sharedFiles(environment: Environment): SharedFiles {
  const folder = join(getHomeDir(), '.aws');
  return {
    config: expanded(environment['AWS_CONFIG_FILE']) ?? join(folder, 'config'),
    credentials: expanded(environment['AWS_SHARED_CREDENTIALS_FILE']) ?? join(folder, 'credentials'),
  };
}

function expanded(path: string | undefined): string | undefined {
  if (!path) return undefined;
  return path.startsWith('~/') ? join(getHomeDir() || homedir(), path.slice(2)) : path;
}
