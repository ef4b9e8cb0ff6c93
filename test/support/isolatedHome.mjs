import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheRoot } from './paths.mjs';

/**
 * The environment of a VS Code under test: a home of its own, so that no AWS profile, token or setting of whoever runs
 * the tests is read or changed. What installs packages keeps its configuration and a shared download cache.
 * A value of undefined removes the variable.
 */
export function isolatedHome(folder) {
  mkdirSync(join(folder, '.aws'), { recursive: true });
  const pipConfig = [join(homedir(), '.config/pip/pip.conf'), join(homedir(), '.pip/pip.conf')].find(existsSync);
  const aws = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(aws.map((name) => [name, undefined])),
    HOME: folder,
    USERPROFILE: folder,
    XDG_CONFIG_HOME: undefined,
    AWS_EC2_METADATA_DISABLED: 'true',
    PIP_CACHE_DIR: join(cacheRoot, 'pip'),
    ...(pipConfig && !process.env.PIP_CONFIG_FILE ? { PIP_CONFIG_FILE: pipConfig } : {}),
  };
}
